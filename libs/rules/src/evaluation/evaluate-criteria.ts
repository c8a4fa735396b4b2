import type { ClauseResult } from '@laurel/contracts';
import type { Criteria, ScoreClause, WantedStatus } from '../criteria/criteria.ts';
import { operators } from '../criteria/operators.ts';

/** All that is known of one learner in one batch. Scores are percentages by the id of their assessment. */
export interface Facts {
  readonly enrolment: { readonly status: 'none' | 'enrolled' | 'completed' };
  readonly scores: Readonly<Record<string, { readonly best: number; readonly attempts: number }>>;
}

export interface Evaluation {
  readonly holds: boolean;
  /** One for each thing that the criteria ask, in their order, those that hold too. */
  readonly clauses: ClauseResult[];
  /**
   * Whether nothing stands against it but assessments that were never taken: no clause says no to what is known, and
   * some know nothing yet.
   */
  readonly awaitsScore: boolean;
}

/**
 * Holds facts against criteria. Deterministic: no clock, no order of members, no state. What has no attempt does not
 * hold, whatever the operator, so `< 50` and `!= 0` issue nothing to a learner who never took the assessment.
 */
export function evaluateCriteria(criteria: Criteria, facts: Facts): Evaluation {
  const results = [
    ...(criteria.status === undefined ? [] : [statusResult(criteria.status, facts.enrolment.status)]),
    ...criteria.scores.map((clause) => scoreResult(clause, facts.scores)),
  ];
  const failed = results.filter(({ result }) => !result.holds);
  return {
    holds: failed.length === 0,
    clauses: results.map(({ result }) => result),
    awaitsScore: failed.length > 0 && failed.every(({ isUnknown }) => isUnknown),
  };
}

interface Result {
  readonly result: ClauseResult;
  readonly isUnknown: boolean;
}

function statusResult(wanted: WantedStatus, status: Facts['enrolment']['status']): Result {
  const holds = status === wanted || (wanted === 'enrolled' && status === 'completed');
  const reason = status === 'none' ? 'there is no enrolment' : `the enrolment is ${status}`;
  return { result: { clause: `enrolment.status = ${wanted}`, holds, reason }, isUnknown: false };
}

function scoreResult({ assessment, operator, threshold }: ScoreClause, scores: Facts['scores']): Result {
  const clause = `score.${assessment} ${operator} ${threshold}`;
  const best = bestScore(assessment, scores);
  const meaning = operators.get(operator);
  if (best === undefined || !meaning) {
    return { result: { clause, holds: false, reason: 'no attempt yet' }, isUnknown: true };
  }
  const holds = meaning.compare(best, threshold);
  const words = holds ? meaning.holds : meaning.fails;
  const reason = `the best score is ${best} %, ${words} ${threshold} %`;
  return { result: { clause, holds, reason }, isUnknown: false };
}

/** Own members only: an assessment may be called `constructor`. */
function bestScore(assessment: string, scores: Facts['scores']): number | undefined {
  if (assessment !== 'any') return Object.hasOwn(scores, assessment) ? scores[assessment]?.best : undefined;
  const all = Object.values(scores).map(({ best }) => best);
  return all.length === 0 ? undefined : Math.max(...all);
}
