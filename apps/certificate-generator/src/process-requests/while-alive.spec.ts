import { expect, test } from 'vitest';
import { whileAlive } from './while-alive.ts';

test('asks for the membership as long as the work lasts, and gives back its result', async () => {
  let asked = 0;
  const work = Promise.withResolvers<string>();
  const slice = {
    alive: async () => {
      if (++asked === 3) work.resolve('done');
    },
  };
  expect(await whileAlive(slice, () => work.promise, 1)).toBe('done');
  expect(asked).toBe(3);
});

test('ends the work when the membership is lost, and awaits its end', async () => {
  let hasEnded = false;
  const lost = new Error('lost');
  const work = (signal: AbortSignal) =>
    new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => {
        hasEnded = true;
        reject(signal.reason as Error);
      }),
    );
  await expect(whileAlive({ alive: () => Promise.reject(lost) }, work, 1)).rejects.toBe(lost);
  expect(hasEnded).toBe(true);
});

test('throws what the work throws', async () => {
  const failure = new Error('away');
  await expect(whileAlive({ alive: async () => {} }, () => Promise.reject(failure))).rejects.toBe(failure);
});
