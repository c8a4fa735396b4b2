import { localDate } from './local-date.ts';

/** Where a batch stands: before its first day, in it, after its last. */
export type BatchStatus = 'upcoming' | 'ongoing' | 'ended';

/**
 * Derives where a batch stands from its dates, which begin and end at midnight in its zone. It is stored nowhere, so it is
 * never stale. A batch without a last day does not end.
 */
export function batchStatus(
  dates: { readonly startsOn: string; readonly endsOn?: string; readonly timeZone: string },
  at: Date,
): BatchStatus {
  const today = localDate(at, dates.timeZone);
  if (today < dates.startsOn) return 'upcoming';
  return dates.endsOn !== undefined && today > dates.endsOn ? 'ended' : 'ongoing';
}
