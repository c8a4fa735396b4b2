import { OutboundError } from '@laurel/outbound-http';
import { describe, expect, it } from 'vitest';
import type { AttemptOutcome } from './attempt-outcome.ts';
import { judgeAttempt } from './judge-attempt.ts';

const schedule = [5_000, 300_000];
const now = Date.parse('2026-03-01T12:00:00Z');

function outcome(status: number | undefined, more: { retryAfter?: string; tries?: number } = {}): AttemptOutcome {
  const headers = more.retryAfter === undefined ? {} : { 'retry-after': more.retryAfter };
  return {
    delivery: { id: 'd', attempts: 6, tries: more.tries ?? 0 },
    ...(status === undefined
      ? { error: new OutboundError('reset', 'It broke') }
      : { response: { status, headers, body: Buffer.of(), truncated: false, milliseconds: 1, address: undefined } }),
  } as unknown as AttemptOutcome;
}

const judge = (of: AttemptOutcome, chance = 0) => judgeAttempt(of, schedule, chance, now);

describe('judgeAttempt', () => {
  it.each([200, 201, 204, 299])('%d is success', (status) => {
    expect(judge(outcome(status))).toMatchObject({
      succeeded: true,
      change: { state: 'delivered', attempts: 7, tries: 1, delayMs: null, lastStatus: status, lastError: null },
    });
  });

  it.each([undefined, 199, 301, 308, 400, 404, 500, 503])('%s is tried again after the next step', (status) => {
    expect(judge(outcome(status))).toMatchObject({
      succeeded: false,
      isGone: false,
      change: { state: 'pending', delayMs: 5_000 },
    });
    expect(judge(outcome(status, { tries: 1 })).change.delayMs).toBe(300_000);
    expect(judge(outcome(status, { tries: 2 })).change).toMatchObject({ state: 'failed', delayMs: null });
  });

  it('410 fails it and ends the endpoint', () => {
    expect(judge(outcome(410))).toMatchObject({
      isGone: true,
      change: { state: 'failed', lastError: 'the answer was 410' },
    });
  });

  it('adds up to a fifth, and never takes away', () => {
    expect(judge(outcome(500), 1).change.delayMs).toBe(6_000);
    expect(judge(outcome(500), 0.5).change.delayMs).toBe(5_500);
  });

  it.each([
    ['60', 60_000],
    ['1.5', 1_500],
    ['Sun, 01 Mar 2026 12:01:00 GMT', 60_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['999999999', 36_000_000],
    ['-5', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('Retry-After: %s pauses the endpoint for %s ms and never shortens the step', (retryAfter, pauseMs) => {
    for (const status of [429, 503]) {
      const verdict = judge(outcome(status, { retryAfter }));
      expect(verdict.pauseMs).toBe(pauseMs);
      expect(verdict.change.delayMs).toBe(Math.max(5_000, pauseMs ?? 0));
    }
    expect(judge(outcome(500, { retryAfter })).pauseMs).toBeUndefined();
  });
});
