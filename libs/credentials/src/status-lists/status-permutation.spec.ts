import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { statusListSize } from './status-list-size.ts';
import { statusPermutation } from './status-permutation.ts';

const all = (permute: (position: number) => number) => Array.from({ length: statusListSize }, (_, at) => permute(at));

describe('the permutation of a list', () => {
  test('gives every index once, whatever the key', () => {
    for (const key of [Buffer.alloc(32), Buffer.alloc(32, 0xff), ...Array.from({ length: 8 }, () => randomBytes(32))]) {
      const indexes = new Set(all(statusPermutation(key)));
      expect(indexes.size).toBe(statusListSize);
      expect(Math.min(...[...indexes].slice(0, 9), 0)).toBe(0);
      expect([...indexes].every((index) => index >= 0 && index < statusListSize)).toBe(true);
    }
  });

  // For good: an index that was given must never be given again.
  test('is the same for ever', () => {
    const permute = statusPermutation(Buffer.from(Array.from({ length: 32 }, (_, byte) => byte)));
    expect([0, 1, 2, 3, 131_070, 131_071].map(permute)).toEqual([72_366, 75_593, 55_773, 28_960, 29_185, 102_772]);
  });

  test('leaves nothing of the order, and nothing of another key', () => {
    const [one, other] = [all(statusPermutation(randomBytes(32))), all(statusPermutation(randomBytes(32)))];
    // Of a random permutation one position keeps its index on average, and half of the neighbours rise.
    expect(one.filter((index, at) => index === at).length).toBeLessThan(20);
    expect(one.filter((index, at) => index === other[at]).length).toBeLessThan(20);
    const rising = one.filter((index, at) => index > (one[at - 1] ?? -1)).length;
    expect(Math.abs(rising - statusListSize / 2)).toBeLessThan(2_000);
    // What follows an index tells no more: the steps between neighbours are as many as chance makes them.
    const steps = new Set(one.map((index, at) => (index - (one[at - 1] ?? 0) + statusListSize) % statusListSize));
    expect(Math.abs(steps.size - statusListSize * (1 - 1 / Math.E))).toBeLessThan(2_000);
  });

  test('refuses what is outside of it', () => {
    expect(() => statusPermutation(Buffer.alloc(31))).toThrow('32 bytes, not 31');
    const permute = statusPermutation(Buffer.alloc(32));
    for (const position of [-1, statusListSize, 0.5, NaN]) {
      expect(() => permute(position)).toThrow(`0 to 131071, not ${position}`);
    }
  });
});
