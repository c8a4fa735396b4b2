import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Rounds } from './rounds.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('goes round again and again, never twice at once, and its stop waits for the last', async () => {
  let [begun, running] = [0, 0];
  const release = Promise.withResolvers<void>();
  const rounds = new Rounds(1_000, async () => {
    expect(++running).toBe(1);
    if (++begun === 3) await release.promise;
    running--;
  });
  rounds.start();
  await vi.advanceTimersByTimeAsync(999);
  expect(begun).toBe(0);
  // Ten intervals; the third round lasts.
  await vi.advanceTimersByTimeAsync(9_001);
  expect([begun, rounds.isEnding]).toEqual([3, false]);
  let hasStopped = false;
  const stopping = rounds.stop().then(() => (hasStopped = true));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([rounds.isEnding, hasStopped]).toEqual([true, false]);
  release.resolve();
  await stopping;
  await vi.advanceTimersByTimeAsync(5_000);
  expect([begun, running]).toEqual([3, 0]);
});
