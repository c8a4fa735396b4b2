import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** One learner in one batch. */
export interface Enrolment {
  readonly enrolmentId: string;
  readonly batchId: string;
  readonly learnerId: string;
  readonly status: 'enrolled' | 'left' | 'completed';
  readonly source: 'http' | 'csv' | 'foreign';
  /** Of the course, as the batch had it when the learner enrolled. */
  readonly courseVersion?: number;
  readonly enrolledAt: string;
  /** Percent. */
  readonly progress: number;
  readonly completedAt?: string;
  readonly score?: number;
}

/** An enrolment to be made. */
export interface NewEnrolment {
  readonly learnerId: string;
  readonly enrolmentId: string;
}

/** What came of enrolling one learner. */
export type EnrolVerdict = 'enrolled' | 'already-enrolled';

interface Row {
  readonly enrolment_id: string;
  readonly batch_id: string;
  readonly learner_id: string;
  readonly source: Enrolment['source'];
  readonly course_version: number | null;
  readonly enrolled_at: Date;
  readonly left_at: Date | null;
  readonly progress: number;
  readonly completed_at: Date | null;
  readonly score: number | null;
}

// A foreign LMS may have enrolled a learner before the batch was known here; the version is the batch's then.
const columns = `e.enrolment_id, e.batch_id, e.learner_id, e.source, coalesce(e.course_version, b.course_version) AS course_version,
  e.enrolled_at, e.left_at, e.progress, e.completed_at, e.score`;
const from = 'enrolment e LEFT JOIN batch b ON b.tenant_id = e.tenant_id AND b.batch_id = e.batch_id';

/** The rows of `enrolment`: who is in which batch. */
@Injectable()
export class EnrolmentRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(tenantId: string, batchId: string, learnerId: string): Promise<Enrolment | undefined> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT ${columns} FROM ${from} WHERE e.tenant_id = $1 AND e.batch_id = $2 AND e.learner_id = $3`,
      [tenantId, batchId, learnerId],
    );
    return row && enrolment(row);
  }

  /** Enrolments of a batch in the order of the learners' ids, from after `after`. */
  async list(tenantId: string, batchId: string, after: string | undefined, limit: number): Promise<Enrolment[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${columns} FROM ${from}
       WHERE e.tenant_id = $1 AND e.batch_id = $2 AND ($3::text IS NULL OR e.learner_id > $3)
       ORDER BY e.learner_id LIMIT $4`,
      [tenantId, batchId, after ?? null, limit],
    );
    return rows.map(enrolment);
  }

  /**
   * Enrols learners, who must be known. Whoever had left is in again with everything as it was.
   *
   * @returns the verdict by learner id
   */
  async enrol(
    transaction: Transaction,
    tenantId: string,
    batch: { readonly id: string; readonly courseVersion: number },
    source: Enrolment['source'],
    made: readonly NewEnrolment[],
  ): Promise<Map<string, EnrolVerdict>> {
    const rows = await transaction.query<{ learner_id: string }>(
      `INSERT INTO enrolment (tenant_id, batch_id, learner_id, enrolment_id, source, course_version)
       SELECT $1, $2, learner_id, enrolment_id, $3, $4 FROM unnest($5::text[], $6::uuid[]) AS given(learner_id, enrolment_id)
       ORDER BY learner_id
       ON CONFLICT (tenant_id, batch_id, learner_id) DO UPDATE SET left_at = NULL WHERE enrolment.left_at IS NOT NULL
       RETURNING learner_id`,
      [
        tenantId,
        batch.id,
        source,
        batch.courseVersion,
        made.map(({ learnerId }) => learnerId),
        made.map(({ enrolmentId }) => enrolmentId),
      ],
    );
    const enrolled = new Set(rows.map(({ learner_id }) => learner_id));
    return new Map(
      made.map(({ learnerId }) => [learnerId, enrolled.has(learnerId) ? 'enrolled' : 'already-enrolled'] as const),
    );
  }

  /** Takes a learner out of a batch; progress and attempts stay. One who has completed cannot leave. */
  async leave(transaction: Transaction, tenantId: string, batchId: string, learnerId: string): Promise<void> {
    await transaction.query(
      `UPDATE enrolment SET left_at = now()
       WHERE tenant_id = $1 AND batch_id = $2 AND learner_id = $3 AND completed_at IS NULL AND left_at IS NULL`,
      [tenantId, batchId, learnerId],
    );
  }

  /** How many learners of a batch have completed, as far as their completions were said before this moment. */
  async countCompleted(transaction: Transaction, tenantId: string, batchId: string, before: string): Promise<number> {
    const [row] = await transaction.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM enrolment
       WHERE tenant_id = $1 AND batch_id = $2 AND said_at < $3`,
      [tenantId, batchId, new Date(before)],
    );
    return row?.count ?? 0;
  }
}

function enrolment(row: Row): Enrolment {
  return {
    enrolmentId: row.enrolment_id,
    batchId: row.batch_id,
    learnerId: row.learner_id,
    status: row.completed_at ? 'completed' : row.left_at ? 'left' : 'enrolled',
    source: row.source,
    ...(row.course_version === null ? {} : { courseVersion: row.course_version }),
    enrolledAt: row.enrolled_at.toISOString(),
    progress: row.progress,
    ...(row.completed_at ? { completedAt: row.completed_at.toISOString() } : {}),
    ...(row.score === null ? {} : { score: row.score }),
  };
}
