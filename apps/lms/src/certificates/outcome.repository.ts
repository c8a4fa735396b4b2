import {
  type CertificateFailed,
  type CertificateIssued,
  type CertificateWithheld,
  type ClauseResult,
  enrolmentId,
} from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

interface Outcome {
  readonly tenantId: string;
  readonly enrolmentId: string;
  readonly awardId: string;
  readonly batchId: string;
  readonly learnerId: string;
  readonly outcome: 'withheld' | 'failed' | 'issued';
  readonly at: string;
  readonly awardVersion: number;
  readonly certificateId?: string;
  readonly clauses?: readonly ClauseResult[];
}

const ranks = { withheld: 0, failed: 1, issued: 2 } as const;

/**
 * The rows of `award_outcome`: what became of each enrolment and award. One that was issued stays so, whatever happens to its
 * certificate; one that failed was due, so a withholding before it is over.
 */
@Injectable()
export class OutcomeRepository {
  constructor(private readonly dataSource: DataSource) {}

  async applyWithheld(transaction: Transaction, events: readonly CertificateWithheld[]): Promise<void> {
    await this.apply(
      transaction,
      events.map(({ tenantId, data }) => ({
        tenantId,
        enrolmentId: data.enrolmentId,
        awardId: data.award.id,
        batchId: data.batchId,
        learnerId: data.learnerId,
        outcome: 'withheld',
        at: data.decidedAt,
        awardVersion: data.award.version,
        clauses: data.clauses,
      })),
    );
  }

  async applyIssued(transaction: Transaction, events: readonly CertificateIssued[]): Promise<void> {
    await this.apply(
      transaction,
      events.flatMap((event) => awarded(event, 'issued', event.data.issuedAt)),
    );
  }

  async applyFailed(transaction: Transaction, events: readonly CertificateFailed[]): Promise<void> {
    await this.apply(
      transaction,
      events.flatMap((event) => awarded(event, 'failed', event.data.failedAt)),
    );
  }

  /** How many enrolments came to each outcome, award by award. */
  async count(tenantId: string): Promise<Record<Outcome['outcome'], number>> {
    const rows = await this.dataSource.query<{ outcome: Outcome['outcome']; count: number }[]>(
      'SELECT outcome, count(*)::int AS count FROM award_outcome WHERE tenant_id = $1 GROUP BY outcome',
      [tenantId],
    );
    const counts = { issued: 0, withheld: 0, failed: 0 };
    for (const { outcome, count } of rows) counts[outcome] = count;
    return counts;
  }

  private async apply(transaction: Transaction, outcomes: readonly Outcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await transaction.query(
      `INSERT INTO award_outcome (tenant_id, enrolment_id, award_id, batch_id, learner_id, outcome, rank, at,
         award_version, certificate_id, clauses)
       SELECT DISTINCT ON (tenant_id, enrolment_id, award_id) tenant_id, enrolment_id, award_id, batch_id, learner_id,
         outcome, rank, at, award_version, certificate_id, clauses
       FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::smallint[],
           $8::timestamptz[], $9::int[], $10::uuid[], $11::jsonb[])
         AS told(tenant_id, enrolment_id, award_id, batch_id, learner_id, outcome, rank, at, award_version,
           certificate_id, clauses)
       ORDER BY tenant_id, enrolment_id, award_id, rank DESC, at DESC
       ON CONFLICT (tenant_id, enrolment_id, award_id) DO UPDATE
       SET outcome = excluded.outcome, rank = excluded.rank, at = excluded.at, award_version = excluded.award_version,
         certificate_id = excluded.certificate_id, clauses = excluded.clauses
       WHERE (excluded.rank, excluded.at) > (award_outcome.rank, award_outcome.at)`,
      [
        outcomes.map(({ tenantId }) => tenantId),
        outcomes.map((outcome) => outcome.enrolmentId),
        outcomes.map(({ awardId }) => awardId),
        outcomes.map(({ batchId }) => batchId),
        outcomes.map(({ learnerId }) => learnerId),
        outcomes.map(({ outcome }) => outcome),
        outcomes.map(({ outcome }) => ranks[outcome]),
        outcomes.map(({ at }) => new Date(at)),
        outcomes.map(({ awardVersion }) => awardVersion),
        outcomes.map(({ certificateId }) => certificateId ?? null),
        outcomes.map(({ clauses }) => (clauses ? JSON.stringify(clauses) : null)),
      ],
    );
  }
}

/** Of a certificate that no award is behind there is no outcome to tell. */
function awarded(
  { tenantId, data }: CertificateIssued | CertificateFailed,
  outcome: 'issued' | 'failed',
  at: string,
): Outcome[] {
  const { batchId, learnerId } = data.occasion;
  if (!data.award || batchId === undefined || learnerId === undefined) return [];
  return [
    {
      tenantId,
      enrolmentId: enrolmentId(tenantId, batchId, learnerId),
      awardId: data.award.id,
      batchId,
      learnerId,
      outcome,
      at,
      awardVersion: data.award.version,
      certificateId: data.certificateId,
    },
  ];
}
