import { externalId } from '@laurel/contracts';
import type { Criteria, Operator, ScoreClause, WantedStatus } from './criteria.ts';
import { operators } from './operators.ts';
import { scoreRange } from './score-range.ts';

/** One thing that is wrong, and where: `score.final.>=` · `must be a number from 0 to 100`. */
export interface CriteriaProblem {
  readonly path: string;
  readonly problem: string;
}

export type ParsedCriteria =
  { readonly ok: true; readonly criteria: Criteria } | { readonly ok: false; readonly problems: CriteriaProblem[] };

const groups = ['enrolment', 'score'];
const statuses: readonly WantedStatus[] = ['enrolled', 'completed'];
const mostAssessments = 10;
const mostProblems = 20;

/**
 * Reads the criteria of an award: `{"enrolment":{"status":"completed"},"score":{"final":{">=":60,"<":80}}}`. Groups are
 * ANDed; several operators of one assessment are a range; the assessment `any` is the best score over all of them.
 *
 * @param json a JSON value of a stranger; percentages are numbers from 0 to 100
 * @returns the criteria, or up to 20 problems. It never throws, and takes nothing for granted: what it does not know, what
 *   asks for nothing and what no score can meet is refused
 */
export function parseCriteria(json: unknown): ParsedCriteria {
  const problems: CriteriaProblem[] = [];
  const find = (path: string, problem: string) => {
    if (problems.length < mostProblems) problems.push({ path, problem });
  };
  const top = members(json, '', 'enrolment, score', find);
  const status = top.has('enrolment') ? readEnrolment(top.get('enrolment'), find) : undefined;
  const scores = top.has('score') ? readScores(top.get('score'), find) : [];
  for (const name of top.keys()) {
    if (!groups.includes(name)) find(shown(name), `is no group of criteria; there are ${groups.join(', ')}`);
  }
  if (problems.length === 0) checkRanges(scores, find);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, criteria: { ...(status === undefined ? {} : { status }), scores } };
}

type Find = (path: string, problem: string) => void;

/** Own members only, and into a Map: `__proto__` and `constructor` are names like any other. */
function members(json: unknown, path: string, known: string, find: Find): Map<string, unknown> {
  const where = path === '' ? 'criteria' : path;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    find(where, `must be an object with members among ${known}`);
    return new Map();
  }
  const names = Object.keys(json);
  if (names.length === 0) find(where, `must not be empty; it may hold ${known}`);
  if (names.length > mostAssessments) {
    find(where, `has ${names.length} members; at most ${mostAssessments} are allowed`);
    return new Map();
  }
  return new Map(Object.entries(json));
}

function readEnrolment(json: unknown, find: Find): WantedStatus | undefined {
  const enrolment = members(json, 'enrolment', 'status', find);
  let wanted: WantedStatus | undefined;
  for (const [name, value] of enrolment) {
    if (name !== 'status') find(`enrolment.${shown(name)}`, 'is not known; the group enrolment has status');
    else {
      wanted = statuses.find((status) => status === value);
      if (wanted === undefined) find('enrolment.status', `must be one of ${statuses.join(', ')}`);
    }
  }
  return wanted;
}

function readScores(json: unknown, find: Find): ScoreClause[] {
  const known = [...operators.keys()].join(' ');
  const clauses: ScoreClause[] = [];
  for (const [assessment, comparisons] of members(json, 'score', 'ids of assessments, or any', find)) {
    const path = `score.${shown(assessment)}`;
    if (assessment === '__proto__' || !externalId.safeParse(assessment).success) {
      find(path, 'is no id of an assessment: 1 to 128 printable characters');
      continue;
    }
    for (const [operator, threshold] of members(comparisons, path, known, find)) {
      const at = `${path}.${shown(operator)}`;
      if (!operators.has(operator)) find(at, `is no operator; there are ${known}`);
      else if (typeof threshold !== 'number' || !(threshold >= 0 && threshold <= 100)) {
        find(at, 'must be a number from 0 to 100');
      } else clauses.push({ assessment, operator: operator as Operator, threshold });
    }
  }
  return clauses;
}

function checkRanges(clauses: readonly ScoreClause[], find: Find): void {
  const byAssessment = new Map<string, ScoreClause[]>();
  for (const clause of clauses) {
    const of = byAssessment.get(clause.assessment);
    if (of) of.push(clause);
    else byAssessment.set(clause.assessment, [clause]);
  }
  const any = byAssessment.get('any');
  for (const [assessment, range] of byAssessment) {
    const { isEmpty, least } = scoreRange(range);
    if (isEmpty) find(`score.${assessment}`, `no score meets ${inWords(range)}`);
    // The best score over all assessments is never below the best one of one of them.
    else if (any && assessment !== 'any' && !scoreRange(any).isEmpty && scoreRange([...any, least]).isEmpty) {
      find('score.any', `no score meets ${inWords(any)} while score.${assessment} asks for ${inWords(range)}`);
    }
  }
}

const inWords = (clauses: readonly ScoreClause[]) =>
  clauses.map(({ operator, threshold }) => `${operator} ${threshold}`).join(' and ');

/** A name of a stranger inside a message: not longer than one of ours. */
function shown(name: string): string {
  const points = [...name.slice(0, 512)];
  return points.length > 128 ? `${points.slice(0, 128).join('')}…` : name;
}
