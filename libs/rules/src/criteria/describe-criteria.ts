import type { Criteria, ScoreClause } from './criteria.ts';
import { operators } from './operators.ts';

/**
 * Says criteria as one English sentence, for `achievement.criteria` of Open Badges 3.0 (section B.1.5, Criteria,
 * `narrative`): `Complete the course with a score of at least 60 in the assessment final.`
 */
export function describeCriteria(criteria: Criteria): string {
  const scores = scoresInWords(criteria.scores);
  if (criteria.status === undefined) return scores ? `Reach ${scores}.` : 'No conditions.';
  const enrolment = criteria.status === 'completed' ? 'Complete the course' : 'Be enrolled in the course';
  return scores ? `${enrolment} with ${scores}.` : `${enrolment}.`;
}

function scoresInWords(clauses: readonly ScoreClause[]): string {
  const byAssessment = Map.groupBy(clauses, ({ assessment }) => assessment);
  return [...byAssessment]
    .map(([assessment, range]) => {
      const where = assessment === 'any' ? 'any assessment' : `the assessment ${assessment}`;
      const asked = range.map(({ operator, threshold }) => `${operators.get(operator)?.asks} ${threshold}`);
      return `a score of ${asked.join(' and ')} in ${where}`;
    })
    .join(' and ');
}
