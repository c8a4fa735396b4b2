import type { Misfit } from '../page/page-state.ts';
import type { PrintFailure } from './print-failed.ts';

/** Why a record with a text that does not fit was not printed, with the measure and what mends it. */
export function misfitFailure({ slot, width, allowed, into, unit }: Misfit): Omit<PrintFailure, 'index'> {
  const reason = 'does-not-fit';
  if (unit === 'rows')
    return {
      reason,
      message: `The list ${slot} has ${width} rows and the template has room for ${allowed}. Print fewer, or raise data-each-most where there is room on the page.`,
    };
  if (into === 'page')
    return {
      reason,
      message: `The text of ${slot} runs out of the page: it reaches ${width} and the page ends at ${allowed}. Shorten it, or let the template fit it earlier (data-fit-width).`,
    };
  if (into !== undefined)
    return {
      reason,
      message: `The text of ${slot} is ${width} wide and runs into that of ${into}, which leaves it ${allowed}. Shorten one of them, or give each a place of its own (data-fit-width, data-wrap).`,
    };
  return {
    reason,
    message: `The text of ${slot} is ${width} wide and its place is ${allowed}, even at the smallest size and on all lines it may take. Shorten it, or give the template more room there (data-fit-width, data-wrap).`,
  };
}
