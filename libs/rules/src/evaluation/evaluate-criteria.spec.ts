import { clauseResult } from '@laurel/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Criteria } from '../criteria/criteria.ts';
import { parseCriteria } from '../criteria/parse-criteria.ts';
import { evaluateCriteria, type Facts } from './evaluate-criteria.ts';

function criteria(json: unknown): Criteria {
  const parsed = parseCriteria(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.criteria;
}
const facts = (scores: Record<string, number> = {}, status: Facts['enrolment']['status'] = 'completed'): Facts => ({
  enrolment: { status },
  scores: Object.fromEntries(Object.entries(scores).map(([name, best]) => [name, { best, attempts: 1 }])),
});
const merit = criteria({ enrolment: { status: 'completed' }, score: { final: { '>=': 60, '<': 80 } } });

describe('evaluateCriteria', () => {
  test('gives a reason for every clause, those that hold too', () => {
    expect(evaluateCriteria(merit, facts({ final: 41 }))).toEqual({
      holds: false,
      awaitsScore: false,
      clauses: [
        { clause: 'enrolment.status = completed', holds: true, reason: 'the enrolment is completed' },
        { clause: 'score.final >= 60', holds: false, reason: 'the best score is 41 %, below 60 %' },
        { clause: 'score.final < 80', holds: true, reason: 'the best score is 41 %, below 80 %' },
      ],
    });
    expect(evaluateCriteria(merit, facts({ final: 60 })).holds).toBe(true);
    expect(evaluateCriteria(merit, facts({ final: 80 })).holds).toBe(false);
    expect(evaluateCriteria(merit, facts({ final: 70 }, 'enrolled')).clauses[0]).toEqual({
      clause: 'enrolment.status = completed',
      holds: false,
      reason: 'the enrolment is enrolled',
    });
  });

  test.each(['>=', '>', '<=', '<', '=', '!='])('who never took it does not meet %s', (operator) => {
    const wanted = criteria({ score: { final: { [operator]: 50 } } });
    for (const scores of [{}, { other: 50 }] as Record<string, number>[]) {
      const { holds, clauses, awaitsScore } = evaluateCriteria(wanted, facts(scores));
      expect([holds, clauses[0]?.reason, awaitsScore]).toEqual([false, 'no attempt yet', true]);
    }
    expect(evaluateCriteria(criteria({ score: { any: { [operator]: 50 } } }), facts()).holds).toBe(false);
  });

  test('a score is awaited only where nothing that is known says no', () => {
    const two = criteria({ score: { mid: { '>=': 50 }, final: { '>=': 60 } } });
    expect(evaluateCriteria(two, facts({ mid: 50 })).awaitsScore).toBe(true);
    expect(evaluateCriteria(two, facts({ mid: 49 })).awaitsScore).toBe(false);
    expect(evaluateCriteria(two, facts({ mid: 50, final: 60 })).awaitsScore).toBe(false);
  });

  test('enrolled holds for who has completed; nobody enrolled holds for nothing', () => {
    const enrolled = criteria({ enrolment: { status: 'enrolled' } });
    expect([
      evaluateCriteria(enrolled, facts()).holds,
      evaluateCriteria(enrolled, facts({}, 'enrolled')).holds,
      evaluateCriteria(enrolled, facts({}, 'none')).holds,
    ]).toEqual([true, true, false]);
  });

  test('a name that every object inherits is no score', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
      const wanted = criteria({ score: { [name]: { '>=': 0 } } });
      expect(evaluateCriteria(wanted, facts()).clauses[0]?.reason).toBe('no attempt yet');
      expect(evaluateCriteria(wanted, facts({ [name]: 1 })).holds).toBe(true);
    }
  });

  test('agrees with a naive reading, is deterministic, and fits the contract', () => {
    const assessment = fc.constantFrom('mid', 'final', 'quiz', 'any');
    const percent = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 100, noNaN: true }));
    const operator = fc.constantFrom('>=', '>', '<=', '<', '=', '!=');
    const groups = fc.dictionary(assessment, fc.dictionary(operator, percent, { minKeys: 1, maxKeys: 2 }), {
      minKeys: 1,
      maxKeys: 3,
    });
    const scores = fc.dictionary(fc.constantFrom('mid', 'final', 'quiz'), percent);
    const naive = (json: Record<string, Record<string, number>>, known: Record<string, number>) => {
      for (const name of Object.keys(json)) {
        const taken = name === 'any' ? Object.values(known) : name in known ? [known[name] ?? Number.NaN] : [];
        if (taken.length === 0) return false;
        const x = taken.reduce((a, b) => (a > b ? a : b));
        for (const [of, y] of Object.entries(json[name] ?? {})) {
          if (of === '>=' && !(x >= y)) return false;
          if (of === '>' && !(x > y)) return false;
          if (of === '<=' && !(x <= y)) return false;
          if (of === '<' && !(x < y)) return false;
          if (of === '=' && x !== y) return false;
          if (of === '!=' && x === y) return false;
        }
      }
      return true;
    };
    fc.assert(
      fc.property(groups, scores, (score, known) => {
        const parsed = parseCriteria({ score });
        fc.pre(parsed.ok);
        const given = facts(known);
        const result = evaluateCriteria(parsed.criteria, given);
        expect(result.holds).toBe(naive(score, known));
        expect(evaluateCriteria(parsed.criteria, facts(Object.fromEntries(Object.entries(known).reverse())))).toEqual(
          result,
        );
        for (const clause of result.clauses) expect(clauseResult.parse(clause)).toEqual(clause);
      }),
      { numRuns: 300 },
    );
  });
});
