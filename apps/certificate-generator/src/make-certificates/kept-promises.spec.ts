import { expect, test } from 'vitest';
import { KeptPromises } from './kept-promises.ts';

test('keeps what weighs no more than the limit, and lets go of what was used longest ago', async () => {
  const made: string[] = [];
  const kept = new KeptPromises<string>(10, (text) => text.length);
  const get = (key: string, text: string) =>
    kept.get(key, async () => {
      made.push(key);
      return text;
    });
  await get('a', '1234');
  await get('b', '1234');
  await get('a', 'never made');
  await get('c', '1234');
  expect(await get('a', 'never made')).toBe('1234');
  await get('b', '1234');
  expect(made).toEqual(['a', 'b', 'c', 'b']);
  // The newest alone may weigh more than all may: it is in use.
  await get('d', '123456789012');
  await get('d', '');
  await get('a', '1');
  expect(made.slice(4)).toEqual(['d', 'a']);
});

test('one of several that ask at once makes it, and what failed is made again', async () => {
  const kept = new KeptPromises<number>(2);
  let tries = 0;
  const make = async () => {
    if (++tries === 1) throw new Error('away');
    return tries;
  };
  await expect(Promise.all([kept.get('a', make), kept.get('a', make)])).rejects.toThrow('away');
  expect(await Promise.all([kept.get('a', make), kept.get('a', make)])).toEqual([2, 2]);
});
