import type { AllocatedCertificate, IssuerInUse } from '@laurel/certificates';
import { achievementOf } from './achievement-of.ts';
import { shownText } from './shown-text.ts';

/** What a template can show of a certificate, by the names of its slots. Dates stand in the request's time zone, in English. */
export function slotValues(row: AllocatedCertificate, issuer: IssuerInUse): Record<string, string> {
  const { request } = row;
  const { claims, meta = {}, signatories = [], timeZone = 'UTC' } = request;
  const achievement = achievementOf(row);
  const given = (name: string) => shownText(claims[name] ?? meta[name], timeZone);
  const values: Record<string, string | undefined> = {
    'recipient.name': row.recipient_name,
    'recipient.id': row.recipient_learner_id,
    'achievement.name': achievement.name,
    'achievement.description': achievement.description,
    'issuer.name': issuer.name,
    'certificate.number': row.number,
    'certificate.issuedOn': shownText(row.allocated_at, timeZone),
    'certificate.expiresOn': shownText(row.expires_at, timeZone),
    'completion.completedOn': given('completedAt'),
    'completion.score': given('score'),
    'batch.name': given('batchName'),
    'course.title': given('courseTitle'),
  };
  for (const [index, { name, title }] of signatories.entries()) {
    values[`signatories.${index}.name`] = name;
    values[`signatories.${index}.title`] = title;
  }
  for (const [name, value] of Object.entries(claims)) values[`claims.${name}`] = shownText(value, timeZone);
  for (const [name, value] of Object.entries(meta)) values[`meta.${name}`] = shownText(value, timeZone);
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
