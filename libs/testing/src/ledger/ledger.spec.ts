import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Entry, Ledger } from './ledger.ts';

function ledgerOf(sent: Record<string, number>): Ledger {
  const ledger = new Ledger();
  for (const [key, count] of Object.entries(sent)) ledger.send(key, count);
  return ledger;
}

const entry = (key: string, sequence: number): Entry => ({ key, sequence });
const clean = { lost: [], doubled: [], outOfOrder: [] };

describe('Ledger', () => {
  test('is content with every record once, the order of each key kept, however the keys are mixed', () => {
    const sent = fc.dictionary(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 8 }), { maxKeys: 8 });
    fc.assert(
      fc.property(sent, fc.infiniteStream(fc.nat()), (counts, picks) => {
        const left = Object.entries(counts).map(([key, count]) => ({ key, count, next: 0 }));
        const entries: Entry[] = [];
        while (left.some(({ next, count }) => next < count)) {
          const open = left.filter(({ next, count }) => next < count);
          const one = open[(picks.next().value as number) % open.length];
          if (one) entries.push(entry(one.key, one.next++));
        }
        expect(ledgerOf(counts).compare(entries)).toEqual(clean);
        expect(ledgerOf(counts).total).toBe(entries.length);
      }),
    );
  });

  test('names what is lost', () => {
    const report = ledgerOf({ a: 3, b: 1 }).compare([entry('a', 0), entry('a', 2)]);
    expect(report).toEqual({ ...clean, lost: ['a#1', 'b#0'] });
  });

  test('names what is doubled, and what was never sent', () => {
    const report = ledgerOf({ a: 2 }).compare([entry('a', 0), entry('a', 1), entry('a', 1), entry('z', 0)]);
    expect(report).toEqual({ ...clean, doubled: ['a', 'z was never sent'] });
  });

  test('counts a sequence beyond what was sent as doubled', () => {
    expect(ledgerOf({ a: 1 }).compare([entry('a', 0), entry('a', 1)]).doubled).toEqual(['a#1 was never sent']);
  });

  test('names a key whose later record took effect before an earlier one', () => {
    const report = ledgerOf({ a: 3, b: 2 }).compare(
      [0, 2, 1].map((at) => entry('a', at)).concat([entry('b', 0), entry('b', 1)]),
    );
    expect(report).toEqual({ ...clean, outOfOrder: ['a'] });
  });
});
