const layout = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/;

/**
 * The instant that lies an ISO 8601 duration of years, months and days after another, in UTC. A day that its month does
 * not have becomes the last one of that month: a month after 31 January is the end of February.
 *
 * @param duration such as `P1Y6M`; what `credential-type.published` calls validity
 * @throws {RangeError} when it is no such duration, or leads beyond the dates that there are
 */
export function addDuration(from: Date, duration: string): Date {
  const parts = layout.exec(duration);
  if (!parts) throw new RangeError('a validity is written in years, months and days, such as P1Y6M');
  const [years = 0, months = 0, days = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const result = new Date(from);
  result.setUTCDate(1);
  result.setUTCFullYear(result.getUTCFullYear() + years, result.getUTCMonth() + months);
  const last = new Date(Date.UTC(result.getUTCFullYear(), result.getUTCMonth() + 1, 0)).getUTCDate();
  result.setUTCDate(Math.min(from.getUTCDate(), last) + days);
  if (Number.isNaN(result.getTime())) throw new RangeError('a validity leads beyond the last date that there is');
  return result;
}
