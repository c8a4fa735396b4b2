import type { AllocatedCertificate, IssuerInUse } from '@laurel/certificates';
import { achievementOf } from './achievement-of.ts';
import { textOf } from './text-of.ts';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a template can show of a certificate, by the names of its slots. Dates stand in the request's time zone, in English. */
export function slotValues(row: AllocatedCertificate, issuer: IssuerInUse): Record<string, string> {
  const { request } = row;
  const { claims, meta = {}, signatories = [], timeZone = 'UTC' } = request;
  const achievement = achievementOf(row);
  const given = (name: string) => shown(claims[name] ?? meta[name], timeZone);
  const values: Record<string, string | undefined> = {
    'recipient.name': row.recipient_name,
    'achievement.name': achievement.name,
    'achievement.description': achievement.description,
    'issuer.name': issuer.name,
    'certificate.number': row.number,
    'certificate.issuedOn': dateIn(row.allocated_at, timeZone),
    'certificate.expiresOn': row.expires_at ? dateIn(row.expires_at, timeZone) : undefined,
    'completion.completedOn': given('completedAt'),
    'completion.score': given('score'),
    'batch.name': given('batchName'),
    'course.title': given('courseTitle'),
  };
  for (const [index, { name, title }] of signatories.entries()) {
    values[`signatories.${index}.name`] = name;
    values[`signatories.${index}.title`] = title;
  }
  for (const [name, value] of Object.entries(claims)) values[`claims.${name}`] = shown(value, timeZone);
  for (const [name, value] of Object.entries(meta)) values[`meta.${name}`] = shown(value, timeZone);
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function shown(value: unknown, timeZone: string): string | undefined {
  if (typeof value !== 'string' || !instant.test(value)) return textOf(value);
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : dateIn(date, timeZone);
}

/** `1 March 2026`. A format is costly to make, and there are few time zones. */
function dateIn(date: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) formats.set(timeZone, (format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone })));
  return format.format(date);
}
