import type { Facts } from '@laurel/rules';
import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';

/** One attempt at an assessment. */
export interface ScoreFact {
  readonly enrolment_id: string;
  readonly assessment_id: string;
  readonly attempt_id: string;
  readonly score: number;
  readonly scored_at: Date;
}

/** One report of a completion. */
export interface CompletionFact {
  readonly tenant_id: string;
  readonly source: string;
  readonly event_id: string;
  readonly enrolment_id: string;
  readonly completed_at: Date;
  readonly time: Date;
}

const completionColumns = {
  tenant_id: 'text',
  source: 'text',
  event_id: 'text',
  enrolment_id: 'uuid',
  completed_at: 'timestamptz',
  time: 'timestamptz',
};

/** The facts as they arrived. Each has a key of its own, so that one that comes again is the same one. */
@Injectable()
export class FactRepository {
  async addCompletions(transaction: Transaction, facts: readonly CompletionFact[]): Promise<void> {
    await insertRows(transaction, 'completion_fact', completionColumns, facts, { onConflictDoNothing: 'any' });
  }

  /** Adds attempts. The same attempt again replaces its score only with a later `scored_at`. Under the standings' locks. */
  async addScores(transaction: Transaction, facts: readonly ScoreFact[]): Promise<void> {
    if (facts.length === 0) return;
    const attempts = new Map<string, ScoreFact>();
    for (const fact of facts) {
      const key = [fact.enrolment_id, fact.assessment_id, fact.attempt_id].join('\u001f');
      const earlier = attempts.get(key);
      if (!earlier || earlier.scored_at < fact.scored_at) attempts.set(key, fact);
    }
    const rows = [...attempts.values()];
    await transaction.query(
      `INSERT INTO score_fact (enrolment_id, assessment_id, attempt_id, score, scored_at)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::double precision[], $5::timestamptz[])
       ON CONFLICT (enrolment_id, assessment_id, attempt_id)
       DO UPDATE SET score = excluded.score, scored_at = excluded.scored_at
       WHERE excluded.scored_at > score_fact.scored_at`,
      [
        rows.map(({ enrolment_id }) => enrolment_id),
        rows.map(({ assessment_id }) => assessment_id),
        rows.map(({ attempt_id }) => attempt_id),
        rows.map(({ score }) => score),
        rows.map(({ scored_at }) => scored_at),
      ],
    );
  }

  /** The best attempts of enrolments, by enrolment and assessment. */
  async scoresOf(transaction: Transaction, enrolmentIds: readonly string[]): Promise<Map<string, Facts['scores']>> {
    const rows = await transaction.query<{
      enrolment_id: string;
      assessment_id: string;
      best: number;
      attempts: number;
    }>(
      `SELECT enrolment_id, assessment_id, max(score) AS best, count(*)::int AS attempts FROM score_fact
       WHERE enrolment_id = ANY($1::uuid[]) GROUP BY enrolment_id, assessment_id`,
      [enrolmentIds],
    );
    const byEnrolment = new Map<string, Record<string, { best: number; attempts: number }>>();
    for (const { enrolment_id, assessment_id, best, attempts } of rows) {
      // Without a prototype: an assessment may be called anything.
      const scores =
        byEnrolment.get(enrolment_id) ?? (Object.create(null) as Record<string, { best: number; attempts: number }>);
      scores[assessment_id] = { best, attempts };
      byEnrolment.set(enrolment_id, scores);
    }
    return byEnrolment;
  }
}
