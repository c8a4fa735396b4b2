import { describe, expect, it } from 'vitest';
import { addDuration } from './add-duration.ts';

describe('addDuration', () => {
  it.each([
    ['2026-03-01T12:00:00.000Z', 'P1Y', '2027-03-01T12:00:00.000Z'],
    ['2026-01-31T12:00:00.000Z', 'P1M', '2026-02-28T12:00:00.000Z'],
    ['2028-02-29T00:00:00.000Z', 'P1Y', '2029-02-28T00:00:00.000Z'],
    ['2026-12-31T23:59:59.000Z', 'P2M1D', '2027-03-01T23:59:59.000Z'],
    ['2026-03-01T00:00:00.000Z', 'P45D', '2026-04-15T00:00:00.000Z'],
  ])('%s and %s are %s', (from, duration, expected) => {
    expect(addDuration(new Date(from), duration).toISOString()).toBe(expected);
  });

  it.each(['', 'P', '1Y', 'PT1H', 'P1Y6', 'P999999Y'])('refuses %s', (duration) => {
    expect(() => addDuration(new Date(0), duration)).toThrow(RangeError);
  });
});
