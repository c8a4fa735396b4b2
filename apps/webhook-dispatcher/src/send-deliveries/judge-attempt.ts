import type { DeliveryChange } from '../deliveries/delivery.repository.ts';
import type { AttemptOutcome } from './attempt-outcome.ts';

/** What an attempt means for its delivery and its lane. */
export interface Verdict {
  readonly change: DeliveryChange;
  readonly succeeded: boolean;
  /** The receiver asked for a pause of all that goes to it. */
  readonly pauseMs: number | undefined;
  /** The receiver said that it is gone. */
  readonly isGone: boolean;
}

const longestPause = 10 * 3_600_000;
const jitter = 0.2;

/**
 * Judges one attempt (Standard Webhooks 1.0, "Deliverability and reliability"): 2xx is success; 410 ends the endpoint; everything
 * else, redirects too, is tried again after the next step of the schedule, and after the last one the delivery has failed.
 * `Retry-After` of a 429 or 503 can only make the wait longer, up to ten hours, and holds for the whole endpoint.
 *
 * @param schedule milliseconds between the attempts
 * @param chance 0 to 1, spreads what failed at the same moment
 */
export function judgeAttempt(
  outcome: AttemptOutcome,
  schedule: readonly number[],
  chance: number,
  now: number,
): Verdict {
  const { delivery, response, error } = outcome;
  const status = response?.status ?? null;
  const tries = delivery.tries + 1;
  const base = {
    id: delivery.id,
    attempts: delivery.attempts + 1,
    tries,
    lastStatus: status,
    lastError: error?.message ?? (status === null || isSuccess(status) ? null : `the answer was ${status}`),
  };
  if (status !== null && isSuccess(status)) {
    return {
      change: { ...base, state: 'delivered', delayMs: null },
      succeeded: true,
      pauseMs: undefined,
      isGone: false,
    };
  }
  const isGone = status === 410;
  const asked = status === 429 || status === 503 ? retryAfter(response?.headers['retry-after'], now) : undefined;
  const step = schedule[tries - 1];
  if (step === undefined || isGone) {
    return { change: { ...base, state: 'failed', delayMs: null }, succeeded: false, pauseMs: asked, isGone };
  }
  const delayMs = Math.max(step * (1 + jitter * chance), asked ?? 0);
  return { change: { ...base, state: 'pending', delayMs }, succeeded: false, pauseMs: asked, isGone };
}

const isSuccess = (status: number) => status >= 200 && status < 300;

/** Milliseconds that `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date; undefined when it is neither. */
function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (text === undefined || text === '') return undefined;
  // Date.parse alone takes nearly anything: -5 would be a year.
  const isDate = /^[A-Z][a-z]{2,8}, /.test(text);
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : isDate ? Date.parse(text) - now : NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), longestPause);
}
