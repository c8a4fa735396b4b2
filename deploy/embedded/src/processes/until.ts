import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until the answer is not undefined, and gives it. `describe` words the error when `timeoutMs` is over;
 * `giveUp` may throw earlier, when waiting has no sense any more.
 */
export async function until<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  options: { timeoutMs: number; describe: () => Error; giveUp?: () => void; everyMs?: number },
): Promise<T> {
  const end = performance.now() + options.timeoutMs;
  for (;;) {
    options.giveUp?.();
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw options.describe();
    await pause(options.everyMs ?? 40);
  }
}
