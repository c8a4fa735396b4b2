import { type Award, batchUpdated } from '@laurel/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch, ReadAward } from '../batches/batch.ts';
import { readBatch } from '../batches/read-batch.ts';
import { decide, type Situation, type Verdict } from './decide.ts';
import type { Decision } from './decision.ts';
import { expiryOf } from './expiry-of.ts';
import { settle } from './settle.ts';

const [example] = batchUpdated.examples;
const exampleAward = example?.awards[0] as Award;
function batch(...awards: Partial<Award>[]): Batch {
  const read = readBatch({ ...example!, awards: awards.map((one) => ({ ...exampleAward, ...one })) });
  if ('problem' in read) throw new Error(read.problem);
  return read.batch;
}
const problemOf = (...awards: object[]) => {
  const read = readBatch({ ...example!, awards: awards.map((one) => ({ ...exampleAward, ...one })) });
  return 'problem' in read ? read.problem : undefined;
};

const time = new Date('2026-03-01T12:00:00Z');
const completion = { completedAt: time, time, source: 's', id: '1', correlationId: 'c' };
const asha = { isKnown: true, name: 'Asha' };
const situation = (more: Partial<Situation> = {}): Situation => ({
  completion,
  scores: { final: { best: 60, attempts: 1 } },
  batch: batch({}),
  learner: asha,
  ...more,
});
const inWords = (verdict: Verdict) => (verdict.outcome === 'waiting' ? verdict.waitingFor : verdict.outcome);
const decided = (more?: Partial<Situation>) => decide(situation(more)).map(inWords);

describe('decide', () => {
  test('names what a completion waits for, the first thing first', () => {
    const late = { attachedAt: '2026-03-01T12:00:00.001Z' };
    expect(decided({ batch: undefined, learner: { isKnown: false }, scores: {} })).toEqual(['batch']);
    expect(decided({ batch: batch(), learner: { isKnown: false } })).toEqual(['award']);
    expect(decided({ batch: batch(late), scores: {} })).toEqual(['late-award-job']);
    expect(decided({ scores: {}, learner: { isKnown: false } })).toEqual(['score']);
    expect(decided({ learner: { isKnown: false } })).toEqual(['learner']);
    expect(decided({ learner: { isKnown: true } })).toEqual(['name']);
    expect(decided()).toEqual(['eligible']);
  });

  test('an award applies to completions of the instant it was attached, and to earlier ones when told', () => {
    expect(decided({ batch: batch({ attachedAt: time.toISOString() }) })).toEqual(['eligible']);
    const late = { attachedAt: '2026-06-01T00:00:00+02:00' };
    expect(decided({ batch: batch(late, { ...late, id: 'a-2', appliesToEarlier: true }) })).toEqual([
      'late-award-job',
      'eligible',
    ]);
  });

  test('withholds also from who is not known, and each award for itself', () => {
    const scores = { final: { best: 59, attempts: 3 } };
    const two = batch({}, { id: 'a-2', criteria: { enrolment: { status: 'completed' } } });
    expect(decided({ scores, batch: two, learner: { isKnown: false } })).toEqual(['withheld', 'learner']);
  });
});

describe('settle', () => {
  const requestIdOf = (award: ReadAward) => `request of ${award.id}`;
  const at = (seconds: number) => new Date(seconds * 1_000);
  const step = (before: Decision[], now: number, more: Partial<Situation>) => {
    const settlement = settle(decide(situation(more)), before, now, at(now), requestIdOf);
    const gone = new Set([...settlement.remove, ...settlement.write.map(({ awardId }) => awardId)]);
    return { ...settlement, after: [...before.filter(({ awardId }) => !gone.has(awardId)), ...settlement.write] };
  };
  const withScore = (best: number) => ({ scores: { final: { best, attempts: 1 } } });

  test('an unchanged verdict writes and says nothing', () => {
    for (const more of [{}, withScore(10), { scores: {} }, { batch: undefined }, { batch: batch() }]) {
      const first = step([], 1, more);
      expect(first.write).toHaveLength(1);
      expect(step(first.after, 2, more)).toMatchObject({ write: [], remove: [], request: [], withhold: [] });
    }
  });

  test('withholding is said again only for other reasons, also when it waited in between', () => {
    const first = step([], 1, withScore(10));
    expect(first.withhold).toHaveLength(1);
    const other = batch({ version: 2, criteria: { score: { other: { '>=': 1 } } } });
    const between = step(first.after, 2, { ...withScore(10), batch: other });
    expect(between.after[0]).toMatchObject({ waitingFor: 'score', since: at(2) });
    const again = step(between.after, 3, withScore(10));
    expect([again.write.length, again.withhold]).toEqual([1, []]);
    expect(step(again.after, 4, withScore(11)).withhold).toHaveLength(1);
  });

  test('waiting counts from its beginning, whatever it is for', () => {
    const first = step([], 1, { batch: undefined });
    const second = step(first.after, 2, { scores: {} });
    expect(second).toMatchObject({ remove: [''], after: [{ awardId: 'a-1', waitingFor: 'score', since: at(1) }] });
    const third = step(second.after, 3, { learner: { isKnown: false } });
    expect(third.after).toMatchObject([{ waitingFor: 'learner', since: at(1), decidedAt: at(3) }]);
  });

  test('whatever comes in whatever order: one request per award, and eligible is the end', () => {
    const batches = [undefined, batch(), batch({}), batch({ version: 2, criteria: { score: { final: { '<': 50 } } } })];
    const some = fc.record({
      scores: fc.constantFrom({}, { final: { best: 40, attempts: 1 } }, { final: { best: 90, attempts: 1 } }),
      batch: fc.constantFrom(...batches, batch({}, { id: 'a-2' })),
      learner: fc.constantFrom({ isKnown: false }, { isKnown: true }, asha),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (steps) => {
        let before: Decision[] = [];
        const requested: string[] = [];
        for (const [now, more] of steps.entries()) {
          const { after, request } = step(before, now, more);
          requested.push(...request.map(({ id }) => id));
          const ended = before.filter(({ outcome }) => outcome === 'eligible');
          expect(after).toEqual(expect.arrayContaining(ended));
          // Every completion shows, once per award.
          expect(after.length).toBeGreaterThan(0);
          expect(new Set(after.map(({ awardId }) => awardId)).size).toBe(after.length);
          before = after;
        }
        expect(new Set(requested).size).toBe(requested.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('readBatch', () => {
  test('refuses an award that could never be decided, by its place', () => {
    const type = exampleAward.credentialType;
    expect(problemOf({}, { id: 'a-2', criteria: {} })).toBe(
      'awards.1.criteria: criteria: must not be empty; it may hold enrolment, score',
    );
    expect(problemOf({}, {})).toBe('awards.1.id: an award before it has the same');
    const occasion = (names: string[]) => problemOf({ credentialType: { ...type, occasion: names } });
    expect(occasion(['batchId'])).toBe('awards.0.credentialType.occasion: must name learnerId');
    expect(occasion(['learnerId', 'dose'])).toContain('may name only');
    expect(problemOf({ credentialType: { ...type, validity: 'P9999Y' } })).toContain('beyond the year 9999');
    expect(problemOf({}, { id: 'a-2' })).toBeUndefined();
  });
});

describe('expiryOf', () => {
  test.each([
    ['2026-01-31T10:00:00.123Z', 'P1M', '2026-02-28T10:00:00.123Z'],
    ['2028-01-31T10:00:00.000Z', 'P1M', '2028-02-29T10:00:00.000Z'],
    ['2028-02-29T00:00:00.000Z', 'P1Y', '2029-02-28T00:00:00.000Z'],
    ['2028-02-29T00:00:00.000Z', 'P4Y', '2032-02-29T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', 'P2M', '2027-02-28T23:59:59.999Z'],
    ['2026-01-31T00:00:00.000Z', 'P1M1D', '2026-03-01T00:00:00.000Z'],
    ['2026-03-31T00:00:00.000Z', 'P1Y11M', '2028-02-29T00:00:00.000Z'],
    ['2026-03-01T12:00:00.000Z', 'P2Y', '2028-03-01T12:00:00.000Z'],
    ['2026-12-31T12:00:00.000Z', 'P1D', '2027-01-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00.000Z', 'P0D', '2026-03-01T12:00:00.000Z'],
  ])('%s and %s is %s', (from, validity, expected) => {
    expect(expiryOf(new Date(from), validity)?.toISOString()).toBe(expected);
  });

  test('beyond the year 9999 there is none', () => {
    expect(expiryOf(new Date('2026-03-01T00:00:00Z'), 'P7974Y')).toBeUndefined();
    expect(expiryOf(new Date('2026-03-01T00:00:00Z'), 'P99999999999999Y')).toBeUndefined();
  });
});
