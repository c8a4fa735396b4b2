import { textOf } from './text-of.ts';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/;
const formats = new Map<string, Intl.DateTimeFormat>();

/** A value as a template shows it: an instant as `1 March 2026` in a time zone, in English; nothing for null, JSON for what has members. */
export function shownText(value: unknown, timeZone: string): string | undefined {
  if (value instanceof Date) return dateIn(value, timeZone);
  if (typeof value !== 'string' || !instant.test(value)) return textOf(value);
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : dateIn(date, timeZone);
}

/** A format is costly to make, and there are few time zones. */
function dateIn(date: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) formats.set(timeZone, (format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone })));
  return format.format(date);
}
