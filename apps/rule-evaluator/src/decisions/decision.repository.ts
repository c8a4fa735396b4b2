import type { ClauseResult } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LearnerKey } from '../learners/learner.repository.ts';
import type { Standing } from '../standings/standing.ts';
import type { WaitingFor } from './decide.ts';
import type { Decision } from './decision.ts';

/** Names a completion. */
export type CompletionKey = Pick<Standing, 'tenantId' | 'batchId' | 'learnerId'>;

/** A decision, and whose it is. */
export type PlacedDecision = CompletionKey & Decision;

/** What of a tenant's decisions is wanted; what is left out is not asked for. */
export interface DecisionFilter {
  readonly tenantId: string;
  readonly batchId?: string | undefined;
  readonly learnerId?: string | undefined;
  readonly awardId?: string | undefined;
  readonly outcome?: Decision['outcome'] | undefined;
  /** The last one that was seen. */
  readonly after?: { readonly batchId: string; readonly learnerId: string; readonly awardId: string } | undefined;
  readonly limit: number;
}

interface Row {
  readonly tenant_id: string;
  readonly batch_id: string;
  readonly learner_id: string;
  readonly award_id: string;
  readonly outcome: Decision['outcome'];
  readonly waiting_for: WaitingFor | null;
  readonly clauses: ClauseResult[];
  readonly award_version: number | null;
  readonly facts_version: number;
  readonly request_id: string | null;
  readonly said: string | null;
  readonly decided_at: Date;
  readonly since: Date;
}

const columns =
  'tenant_id, batch_id, learner_id, award_id, outcome, waiting_for, clauses, award_version, facts_version, request_id, said, decided_at, since';
const arrays =
  '$1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::integer[], $9::integer[], $10::uuid[], $11::text[], $12::timestamptz[], $13::timestamptz[]';

/** The rows of `decision`; written only under the lock of their standing. */
@Injectable()
export class DecisionRepository {
  constructor(private readonly dataSource: DataSource) {}

  async of(transaction: Transaction, keys: readonly CompletionKey[]): Promise<PlacedDecision[]> {
    if (keys.length === 0) return [];
    const rows = await transaction.query<Row>(
      `SELECT decision.* FROM decision
       JOIN unnest($1::text[], $2::text[], $3::text[]) AS key(tenant_id, batch_id, learner_id)
         ON decision.tenant_id = key.tenant_id AND decision.batch_id = key.batch_id
           AND decision.learner_id = key.learner_id`,
      [
        keys.map(({ tenantId }) => tenantId),
        keys.map(({ batchId }) => batchId),
        keys.map(({ learnerId }) => learnerId),
      ],
    );
    return rows.map(toDecision);
  }

  /**
   * Writes decisions over those before them.
   *
   * @throws when one of them is eligible already: its certificate was requested, and would be a second time
   */
  async write(transaction: Transaction, decisions: readonly PlacedDecision[]): Promise<void> {
    if (decisions.length === 0) return;
    const written = await transaction.query(
      `INSERT INTO decision (${columns}) SELECT * FROM unnest(${arrays})
       ON CONFLICT (tenant_id, batch_id, learner_id, award_id) DO UPDATE SET
         outcome = excluded.outcome, waiting_for = excluded.waiting_for, clauses = excluded.clauses,
         award_version = excluded.award_version, facts_version = excluded.facts_version,
         request_id = excluded.request_id, said = excluded.said, decided_at = excluded.decided_at,
         since = excluded.since
       WHERE decision.outcome <> 'eligible'
       RETURNING 1`,
      [
        decisions.map(({ tenantId }) => tenantId),
        decisions.map(({ batchId }) => batchId),
        decisions.map(({ learnerId }) => learnerId),
        decisions.map(({ awardId }) => awardId),
        decisions.map(({ outcome }) => outcome),
        decisions.map(({ waitingFor }) => waitingFor ?? null),
        decisions.map(({ clauses }) => JSON.stringify(clauses)),
        decisions.map(({ awardVersion }) => awardVersion ?? null),
        decisions.map(({ factsVersion }) => factsVersion),
        decisions.map(({ requestId }) => requestId ?? null),
        decisions.map(({ said }) => said ?? null),
        decisions.map(({ decidedAt }) => decidedAt),
        decisions.map(({ since }) => since),
      ],
    );
    if (written.length !== decisions.length) {
      throw new Error('An eligible decision was about to be made again; its standing was not locked');
    }
  }

  async remove(transaction: Transaction, gone: readonly (CompletionKey & { awardId: string })[]): Promise<void> {
    if (gone.length === 0) return;
    await transaction.query(
      `DELETE FROM decision USING unnest($1::text[], $2::text[], $3::text[], $4::text[])
         AS gone(tenant_id, batch_id, learner_id, award_id)
       WHERE decision.tenant_id = gone.tenant_id AND decision.batch_id = gone.batch_id
         AND decision.learner_id = gone.learner_id AND decision.award_id = gone.award_id
         AND decision.outcome <> 'eligible'`,
      [
        gone.map(({ tenantId }) => tenantId),
        gone.map(({ batchId }) => batchId),
        gone.map(({ learnerId }) => learnerId),
        gone.map(({ awardId }) => awardId),
      ],
    );
  }

  /** Completions that wait for one of these learners, or for their names; nothing is locked. */
  async waitingForLearners(
    transaction: Transaction,
    keys: readonly LearnerKey[],
    limit: number,
  ): Promise<CompletionKey[]> {
    const rows = await transaction.query<Pick<Row, 'tenant_id' | 'batch_id' | 'learner_id'>>(
      `SELECT DISTINCT decision.tenant_id, decision.batch_id, decision.learner_id FROM decision
       JOIN unnest($1::text[], $2::text[]) AS key(tenant_id, learner_id)
         ON decision.tenant_id = key.tenant_id AND decision.learner_id = key.learner_id
       WHERE waiting_for IN ('learner', 'name') LIMIT $3`,
      [keys.map(({ tenantId }) => tenantId), keys.map(({ learnerId }) => learnerId), limit],
    );
    return rows.map(({ tenant_id, batch_id, learner_id }) => ({
      tenantId: tenant_id,
      batchId: batch_id,
      learnerId: learner_id,
    }));
  }

  /** Decisions of one tenant by batch, learner and award; one more than the limit, if there are more. */
  async list({ tenantId, batchId, learnerId, awardId, outcome, after, limit }: DecisionFilter) {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT * FROM decision
       WHERE tenant_id = $1
         AND ($2::text IS NULL OR batch_id = $2)
         AND ($3::text IS NULL OR (learner_id = $3 AND batch_id = ANY(ARRAY(
           SELECT batch_id FROM standing WHERE tenant_id = $1 AND learner_id = $3))))
         AND ($4::text IS NULL OR award_id = $4)
         AND ($5::text IS NULL OR outcome = $5)
         AND ($6::text IS NULL OR (batch_id, learner_id, award_id) > ($6, $7, $8))
       ORDER BY batch_id, learner_id, award_id LIMIT $9`,
      [
        tenantId,
        batchId ?? null,
        learnerId ?? null,
        awardId ?? null,
        outcome ?? null,
        after?.batchId ?? null,
        after?.learnerId ?? null,
        after?.awardId ?? null,
        limit + 1,
      ],
    );
    return rows.map(toDecision);
  }

  /** How many decisions of a tenant came out how. */
  async count(tenantId: string): Promise<Record<Decision['outcome'], number>> {
    const rows = await this.dataSource.query<{ outcome: Decision['outcome']; count: number }[]>(
      'SELECT outcome, count(*)::int AS count FROM decision WHERE tenant_id = $1 GROUP BY outcome',
      [tenantId],
    );
    const counts = { eligible: 0, withheld: 0, waiting: 0 };
    for (const { outcome, count } of rows) counts[outcome] = count;
    return counts;
  }
}

function toDecision(row: Row): PlacedDecision {
  return {
    tenantId: row.tenant_id,
    batchId: row.batch_id,
    learnerId: row.learner_id,
    awardId: row.award_id,
    outcome: row.outcome,
    waitingFor: row.waiting_for ?? undefined,
    clauses: row.clauses,
    awardVersion: row.award_version ?? undefined,
    factsVersion: row.facts_version,
    requestId: row.request_id ?? undefined,
    said: row.said ?? undefined,
    decidedAt: row.decided_at,
    since: row.since,
  };
}
