const duration = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/;
const endOfTime = Date.UTC(10_000, 0, 1);

/**
 * The instant a validity (ISO 8601 duration in years, months and days) after another, by the calendar in UTC: years and
 * months first, on the same day of the month or, where that month is shorter, on its last; then the days.
 *
 * @returns nothing where it lies beyond the year 9999, which RFC 3339 cannot say
 */
export function expiryOf(from: Date, validity: string): Date | undefined {
  const [, years = '0', months = '0', days = '0'] = duration.exec(validity) ?? [];
  const month = from.getUTCMonth() + Number(years) * 12 + Number(months);
  // Day 0 of the month after it is its last day.
  const last = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const expiry = new Date(from);
  expiry.setUTCMonth(month, Math.min(from.getUTCDate(), last) + Number(days));
  return expiry.getTime() < endOfTime ? expiry : undefined;
}
