import type { Criteria, ScoreClause } from './criteria.ts';
import { operators } from './operators.ts';

/**
 * Says criteria as one English sentence, for `achievement.criteria` of Open Badges 3.0 (section B.1.5, Criteria,
 * `narrative`): `Complete the course with a final score of at least 60 %.`
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
      const asked = range.map(({ operator, threshold }) => `${operators.get(operator)?.asks} ${threshold} %`);
      // `of at least 60 % and below 80 %`, but `above 60 %`.
      const joined = asked.join(' and ');
      return scoreOf(assessment, /^(at|exactly) /.test(joined) ? `of ${joined}` : joined);
    })
    .join(' and ');
}

/** `any` is the best score over all assessments, so that one `below 50 %` says something of each of them. */
function scoreOf(assessment: string, range: string): string {
  if (assessment === 'final') return `a final score ${range}`;
  if (assessment === 'any') return `a best score ${range} over all assessments`;
  return `a score ${range} in the assessment “${assessment}”`;
}
