import { setTimeout as pause } from 'node:timers/promises';

export interface WaitOptions {
  /** Milliseconds until it is given up. */
  readonly timeout?: number;
  /** Milliseconds between two looks. */
  readonly interval?: number;
}

/**
 * Looks until what is seen is what is wanted. When it never is, the error says what was last seen.
 *
 * @param description what is waited for, as the end of "waited for …"
 * @param look sees the present state; an error it throws counts as not yet
 * @param isWanted whether that is the wanted state
 */
export async function waitFor<Seen>(
  description: string,
  look: () => Promise<Seen> | Seen,
  isWanted: (seen: Seen) => boolean,
  { timeout = 30_000, interval = 25 }: WaitOptions = {},
): Promise<Seen> {
  const deadline = Date.now() + timeout;
  let last = 'nothing seen yet';
  for (;;) {
    try {
      const seen = await within(Math.max(deadline - Date.now(), interval), look);
      if (seen !== unanswered) {
        if (isWanted(seen)) return seen;
        last = `last seen: ${JSON.stringify(seen, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`;
      }
    } catch (error) {
      last = `the last look failed: ${String(error)}`;
    }
    if (Date.now() >= deadline) throw new Error(`Waited ${timeout} ms for ${description}; ${last}`);
    await pause(interval);
  }
}

const unanswered: unique symbol = Symbol('unanswered');

/** A look may hang (a stopped database does not answer); then the test has to fail all the same, and say on what. */
async function within<Seen>(milliseconds: number, look: () => Promise<Seen> | Seen): Promise<Seen | typeof unanswered> {
  const over = new AbortController();
  const tooLate = async (): Promise<Seen | typeof unanswered> => {
    await pause(milliseconds, undefined, { signal: over.signal }).catch(() => undefined);
    return unanswered;
  };
  try {
    return await Promise.race([look(), tooLate()]);
  } finally {
    over.abort();
  }
}
