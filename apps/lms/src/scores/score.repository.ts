import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** One attempt at an assessment. */
export interface Score {
  readonly assessmentId: string;
  readonly attemptId: string;
  /** Percent. */
  readonly score: number;
  readonly scoredAt: string;
}

interface Row {
  readonly assessment_id: string;
  readonly attempt_id: string;
  readonly score: number;
  readonly scored_at: Date;
}

/** The rows of `score`. */
@Injectable()
export class ScoreRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(
    tenantId: string,
    enrolmentId: string,
    assessmentId: string,
    attemptId: string,
  ): Promise<Score | undefined> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT assessment_id, attempt_id, score, scored_at FROM score
       WHERE tenant_id = $1 AND enrolment_id = $2 AND assessment_id = $3 AND attempt_id = $4`,
      [tenantId, enrolmentId, assessmentId, attemptId],
    );
    if (!row) return undefined;
    return {
      assessmentId: row.assessment_id,
      attemptId: row.attempt_id,
      score: row.score,
      scoredAt: row.scored_at.toISOString(),
    };
  }

  /** Writes an attempt. @returns false when the same attempt is there already with a `scoredAt` that is not earlier */
  async put(transaction: Transaction, tenantId: string, enrolmentId: string, score: Score): Promise<boolean> {
    const rows = await transaction.query(
      `INSERT INTO score (tenant_id, enrolment_id, assessment_id, attempt_id, score, scored_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (tenant_id, enrolment_id, assessment_id, attempt_id) DO UPDATE
       SET score = excluded.score, scored_at = excluded.scored_at WHERE excluded.scored_at > score.scored_at
       RETURNING 1`,
      [tenantId, enrolmentId, score.assessmentId, score.attemptId, score.score, new Date(score.scoredAt)],
    );
    return rows.length > 0;
  }
}
