import { describe, expect, it } from 'vitest';
import { batchStatus } from './batch-status.ts';

const at = (instant: string, timeZone: string, endsOn: string | undefined = '2026-03-29') =>
  batchStatus({ startsOn: '2026-03-08', timeZone, ...(endsOn === '' ? {} : { endsOn }) }, new Date(instant));

describe('a batch begins and ends at midnight of its own zone', () => {
  it.each([
    ['Asia/Kolkata', '2026-03-07T18:29:59.999Z', 'upcoming'],
    ['Asia/Kolkata', '2026-03-07T18:30:00Z', 'ongoing'],
    ['Asia/Kolkata', '2026-03-29T18:29:59.999Z', 'ongoing'],
    ['Asia/Kolkata', '2026-03-29T18:30:00Z', 'ended'],
    ['Pacific/Kiritimati', '2026-03-07T10:00:00Z', 'ongoing'],
    ['Pacific/Pago_Pago', '2026-03-08T10:59:59Z', 'upcoming'],
    ['Pacific/Pago_Pago', '2026-03-30T10:59:59Z', 'ongoing'],
    // The last day has 23 hours in Berlin: the clock goes from +1 to +2 on it.
    ['Europe/Berlin', '2026-03-07T23:00:00Z', 'ongoing'],
    ['Europe/Berlin', '2026-03-29T21:59:59.999Z', 'ongoing'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', 'ended'],
    // The first day has 23 hours in New York: from -5 to -4.
    ['America/New_York', '2026-03-08T04:59:59.999Z', 'upcoming'],
    ['America/New_York', '2026-03-08T05:00:00Z', 'ongoing'],
    ['America/New_York', '2026-03-30T03:59:59.999Z', 'ongoing'],
    ['America/New_York', '2026-03-30T04:00:00Z', 'ended'],
  ])('in %s at %s it is %s', (timeZone, instant, status) => {
    expect(at(instant, timeZone)).toBe(status);
  });

  it('does not end without a last day', () => {
    expect(at('2999-01-01T00:00:00Z', 'UTC', '')).toBe('ongoing');
  });
});
