import { setTimeout as pause } from 'node:timers/promises';
import type { Slice } from '@laurel/messaging';

/**
 * Awaits long work and keeps the membership meanwhile.
 *
 * @param work stops early when its signal says so
 * @throws what `slice.alive` throws, after the work has ended: somebody else has these records now
 */
export async function whileAlive<Result>(
  slice: Pick<Slice, 'alive'>,
  work: (signal: AbortSignal) => Promise<Result>,
  interval = 1_000,
): Promise<Result> {
  const ending = new AbortController();
  const working = work(ending.signal);
  // Its failure is thrown below; while the membership is asked for nobody listens to it.
  working.catch(() => undefined);
  try {
    for (;;) {
      const tick = new AbortController();
      const turn = pause(interval, 'tick', { signal: tick.signal }).catch(() => 'tick');
      const first = await Promise.race([working.then(() => 'done'), turn]).finally(() => tick.abort());
      if (first === 'done') return await working;
      await slice.alive();
    }
  } catch (error) {
    ending.abort(error);
    await Promise.allSettled([working]);
    throw error;
  }
}
