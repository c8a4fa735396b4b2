import type { Language } from './language.ts';

/** A day as it is written in a language; in the zone of the course, as the certificate itself prints it. */
export function formatDay(date: Date, zone: string | undefined, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone ?? 'UTC',
  }).format(date);
}
