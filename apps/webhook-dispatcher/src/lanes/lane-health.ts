/** How a receiver has been doing. */
export interface LaneHealth {
  /** The breaker: one delivery is tried when its time is over, and the others wait without using up their attempts. */
  readonly isOpen: boolean;
  /** How often it opened without a success between. */
  readonly trips: number;
  /** Failures since the last success. */
  readonly streak: number;
  /** Milliseconds since the first of them; null when there is none. */
  readonly failingMs: number | null;
}

const opensAt = 5;
const firstPause = 30_000;
const longestPause = 600_000;
const givenUpAfter = 5 * 24 * 3_600_000;
const leastFailures = 10;

/** What one more attempt makes of the health. */
export interface HealthStep extends LaneHealth {
  /** The breaker has opened (again) for so long, before a fifth of it is added at random. */
  readonly pauseMs?: number;
  /** It has failed for five days without one success. */
  readonly isGivenUp: boolean;
}

/**
 * The breaker of a lane: five failures in a row open it for 30 s, each failed probe doubles that up to ten minutes, a success
 * closes it. Attempts that were under way when it opened are no probes and change nothing more.
 */
export function laneHealth(before: LaneHealth, succeeded: boolean, isProbe: boolean): HealthStep {
  if (succeeded) return { isOpen: false, trips: 0, streak: 0, failingMs: null, isGivenUp: false };
  const streak = before.streak + 1;
  const failingMs = before.failingMs ?? 0;
  const isGivenUp = failingMs >= givenUpAfter && streak >= leastFailures;
  const opens = before.isOpen ? isProbe : streak >= opensAt;
  const { isOpen, trips } = before;
  if (!opens) return { isOpen, trips, streak, failingMs, isGivenUp };
  const pauseMs = Math.min(firstPause * 2 ** trips, longestPause);
  return { isOpen: true, trips: trips + 1, streak, failingMs, isGivenUp, pauseMs };
}
