import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';

/** A completion that a caller of this service reports. */
export interface ReportedCompletion {
  readonly learnerId: string;
  readonly completedAt: string;
  readonly score?: number | undefined;
}

/** A completion that another LMS has said on Kafka. */
export interface ForeignCompletion extends ReportedCompletion {
  readonly tenantId: string;
  readonly batchId: string;
  readonly enrolmentId: string;
  readonly saidAt: Date;
}

/** What a learner's enrolment is, as far as a completion needs it. */
export interface Standing {
  readonly learnerId: string;
  readonly status: 'enrolled' | 'left' | 'completed';
}

/** Writes progress and completion into the rows of `enrolment`. The first completion of an enrolment is the one that counts. */
@Injectable()
export class CompletionRepository {
  /** Locks the enrolments of these learners, in the order of their ids. Those who were never enrolled are not answered. */
  async lock(
    transaction: Transaction,
    tenantId: string,
    batchId: string,
    learnerIds: readonly string[],
  ): Promise<Map<string, Standing>> {
    const rows = await transaction.query<Standing>(
      `SELECT learner_id AS "learnerId",
         CASE WHEN completed_at IS NOT NULL THEN 'completed' WHEN left_at IS NOT NULL THEN 'left' ELSE 'enrolled' END
           AS status
       FROM enrolment WHERE tenant_id = $1 AND batch_id = $2 AND learner_id = ANY($3) ORDER BY learner_id FOR UPDATE`,
      [tenantId, batchId, learnerIds],
    );
    return new Map(rows.map((row) => [row.learnerId, row]));
  }

  /** Completes enrolments that the transaction has locked and found enrolled. */
  async complete(
    transaction: Transaction,
    tenantId: string,
    batchId: string,
    saidAt: Date,
    completions: readonly ReportedCompletion[],
  ): Promise<void> {
    await transaction.query(
      `UPDATE enrolment SET completed_at = given.completed_at, said_at = $3, score = given.score, progress = 100
       FROM unnest($4::text[], $5::timestamptz[], $6::double precision[]) AS given(learner_id, completed_at, score)
       WHERE enrolment.tenant_id = $1 AND enrolment.batch_id = $2 AND enrolment.learner_id = given.learner_id
         AND enrolment.completed_at IS NULL`,
      [
        tenantId,
        batchId,
        saidAt,
        completions.map(({ learnerId }) => learnerId),
        completions.map(({ completedAt }) => new Date(completedAt)),
        completions.map(({ score }) => score ?? null),
      ],
    );
  }

  /** Raises the progress of an enrolment that the transaction has locked; a lower percentage changes nothing. */
  async raise(
    transaction: Transaction,
    tenantId: string,
    batchId: string,
    learnerId: string,
    percent: number,
  ): Promise<void> {
    await transaction.query(
      `UPDATE enrolment SET progress = $4
       WHERE tenant_id = $1 AND batch_id = $2 AND learner_id = $3 AND progress < $4`,
      [tenantId, batchId, learnerId, percent],
    );
  }

  /**
   * Records what other LMSs have said: their word is proof of enrolment, whether the batch is known or not. Of several
   * completions of one enrolment the first one given counts, and one that is recorded stays.
   */
  async record(transaction: Transaction, completions: readonly ForeignCompletion[]): Promise<void> {
    await transaction.query(
      `INSERT INTO enrolment (tenant_id, batch_id, learner_id, enrolment_id, source, course_version, progress,
         completed_at, said_at, score)
       SELECT DISTINCT ON (given.tenant_id, given.batch_id, given.learner_id) given.tenant_id, given.batch_id,
         given.learner_id, given.enrolment_id, 'foreign', batch.course_version, 100, given.completed_at, given.said_at,
         given.score
       FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[], $6::timestamptz[],
           $7::double precision[])
         WITH ORDINALITY AS given(tenant_id, batch_id, learner_id, enrolment_id, completed_at, said_at, score, place)
         LEFT JOIN batch ON batch.tenant_id = given.tenant_id AND batch.batch_id = given.batch_id
       ORDER BY given.tenant_id, given.batch_id, given.learner_id, given.place
       ON CONFLICT (tenant_id, batch_id, learner_id) DO UPDATE
       SET completed_at = excluded.completed_at, said_at = excluded.said_at, score = excluded.score, progress = 100,
         left_at = NULL
       WHERE enrolment.completed_at IS NULL`,
      [
        completions.map(({ tenantId }) => tenantId),
        completions.map(({ batchId }) => batchId),
        completions.map(({ learnerId }) => learnerId),
        completions.map(({ enrolmentId }) => enrolmentId),
        completions.map(({ completedAt }) => new Date(completedAt)),
        completions.map(({ saidAt }) => saidAt),
        completions.map(({ score }) => score ?? null),
      ],
    );
  }
}
