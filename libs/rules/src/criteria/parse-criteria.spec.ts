import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeCriteria } from './describe-criteria.ts';
import { parseCriteria } from './parse-criteria.ts';

const problemsOf = (json: unknown) => {
  const parsed = parseCriteria(json);
  return parsed.ok ? [] : parsed.problems.map(({ path, problem }) => `${path}: ${problem}`);
};
const score = (comparisons: unknown) => ({ score: { final: comparisons } });

describe('parseCriteria', () => {
  test('reads groups, operators and ranges', () => {
    const json = { enrolment: { status: 'completed' }, score: { final: { '>=': 60, '<': 80.5 }, any: { '!=': 0 } } };
    expect(parseCriteria(json)).toEqual({
      ok: true,
      criteria: {
        status: 'completed',
        scores: [
          { assessment: 'final', operator: '>=', threshold: 60 },
          { assessment: 'final', operator: '<', threshold: 80.5 },
          { assessment: 'any', operator: '!=', threshold: 0 },
        ],
      },
    });
  });

  test.each<[unknown, string]>([
    [score({ '>=': '60' }), 'score.final.>=: must be a number from 0 to 100'],
    [score({ '>=': 101 }), 'score.final.>=: must be a number from 0 to 100'],
    [score({ '<': -1 }), 'score.final.<: must be a number from 0 to 100'],
    [score({ '<': Number.NaN }), 'score.final.<: must be a number from 0 to 100'],
    [score({ '=>': 60 }), 'score.final.=>: is no operator; there are >= > <= < = !='],
    [score({ constructor: 60 }), 'score.final.constructor: is no operator; there are >= > <= < = !='],
    [score({}), 'score.final: must not be empty; it may hold >= > <= < = !='],
    [score(60), 'score.final: must be an object with members among >= > <= < = !='],
    [score([60]), 'score.final: must be an object with members among >= > <= < = !='],
    [{ score: {} }, 'score: must not be empty; it may hold ids of assessments, or any'],
    [{ score: { '': { '>=': 1 } } }, 'score.: is no id of an assessment: 1 to 128 printable characters'],
    [{ users: {} }, 'users: is no group of criteria; there are enrolment, score'],
    [{ enrolment: {} }, 'enrolment: must not be empty; it may hold status'],
    [{ enrolment: { status: 2 } }, 'enrolment.status: must be one of enrolled, completed'],
    [{ enrolment: { active: true } }, 'enrolment.active: is not known; the group enrolment has status'],
    [{}, 'criteria: must not be empty; it may hold enrolment, score'],
    [null, 'criteria: must be an object with members among enrolment, score'],
    ['{"score":1}', 'criteria: must be an object with members among enrolment, score'],
    [[], 'criteria: must be an object with members among enrolment, score'],
    [JSON.parse('{"__proto__":{"score":1}}'), '__proto__: is no group of criteria; there are enrolment, score'],
    [
      JSON.parse('{"score":{"__proto__":{">=":1}}}'),
      'score.__proto__: is no id of an assessment: 1 to 128 printable characters',
    ],
    [score({ '>=': 80, '<': 60 }), 'score.final: no score meets >= 80 and < 60'],
    [score({ '>': 60, '<=': 60 }), 'score.final: no score meets > 60 and <= 60'],
    [score({ '=': 60, '!=': 60 }), 'score.final: no score meets = 60 and != 60'],
    [score({ '>': 100 }), 'score.final: no score meets > 100'],
    [score({ '<': 0 }), 'score.final: no score meets < 0'],
    [
      { score: { any: { '<': 50 }, final: { '>=': 60 } } },
      'score.any: no score meets < 50 while score.final asks for >= 60',
    ],
  ])('refuses %j', (json, problem) => {
    expect(problemsOf(json)).toContain(problem);
  });

  test('names every problem, and no more than twenty', () => {
    expect(problemsOf({ users: 1, score: { final: { x: 1, '>=': 'y' } } })).toHaveLength(3);
    const many = Object.fromEntries([...'abcdefgh'].map((name) => [name, { x: 1, y: 2, z: 3 }]));
    expect(problemsOf({ score: many })).toHaveLength(20);
    expect(problemsOf({ score: Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [at, 1])) })).toEqual([
      'score: has 5000 members; at most 10 are allowed',
    ]);
  });

  test('never throws, and quotes no long name whole, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, maxDepth: 6 }), (json) => {
        expect(typeof parseCriteria(json).ok).toBe('boolean');
      }),
    );
    expect(problemsOf({ ['x'.repeat(100_000)]: 1 })[0]?.length).toBeLessThan(300);
  });

  test('an assessment may have a name that objects inherit', () => {
    expect(parseCriteria({ score: { constructor: { '>=': 1 }, toString: { '<': 5 } } }).ok).toBe(true);
  });

  test('takes exactly the ranges that some score meets', () => {
    const operator = fc.constantFrom('>=', '>', '<=', '<', '=', '!=');
    const range = fc.dictionary(
      operator,
      fc.integer({ min: 0, max: 5 }).map((at) => at * 20),
      { minKeys: 1 },
    );
    const holds = (x: number, of: string, y: number) =>
      ({ '>=': x >= y, '>': x > y, '<=': x <= y, '<': x < y, '=': x === y })[of] ?? x !== y;
    // Thresholds are multiples of 20, so the points and one score between each two of them are all there is to try.
    const scores = Array.from({ length: 11 }, (_, at) => at * 10);
    fc.assert(
      fc.property(range, (comparisons) => {
        const isMet = scores.some((x) => Object.entries(comparisons).every(([of, y]) => holds(x, of, y)));
        expect(parseCriteria(score(comparisons)).ok).toBe(isMet);
      }),
      { numRuns: 500 },
    );
  });
});

describe('describeCriteria', () => {
  test.each([
    [{ enrolment: { status: 'completed' } }, 'Complete the course.'],
    [{ enrolment: { status: 'enrolled' } }, 'Be enrolled in the course.'],
    [
      { enrolment: { status: 'completed' }, score: { final: { '>=': 60 } } },
      'Complete the course with a final score of at least 60 %.',
    ],
    [{ score: { 'quiz-1': { '>=': 60 } } }, 'Reach a score of at least 60 % in the assessment “quiz-1”.'],
    [{ score: { final: { '>': 50, '<=': 80 } } }, 'Reach a final score above 50 % and at most 80 %.'],
    [{ score: { final: { '=': 100 } } }, 'Reach a final score of exactly 100 %.'],
    [{ score: { any: { '<': 50 } } }, 'Reach a best score below 50 % over all assessments.'],
    [
      { score: { final: { '>=': 60, '<': 80 }, any: { '!=': 7.5 } } },
      'Reach a final score of at least 60 % and below 80 % and a best score other than 7.5 % over all assessments.',
    ],
  ])('says %j as a sentence', (json, sentence) => {
    const parsed = parseCriteria(json);
    expect(parsed.ok && describeCriteria(parsed.criteria)).toBe(sentence);
  });
});
