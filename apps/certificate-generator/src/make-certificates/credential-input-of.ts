import { randomBytes } from 'node:crypto';
import { type AllocatedCertificate, type IssuerInUse, publicLinks, statusListAddress } from '@laurel/certificates';
import { stableUuid } from '@laurel/contracts';
import type { CredentialInput } from '@laurel/credentials';
import { achievementOf } from './achievement-of.ts';
import { textOf } from './text-of.ts';

/**
 * What the credential of a certificate says. Every claim is signed: `completedAt` as the end of the activity, the others as named
 * results, which need no terms of our own; where its credential type wants some, these claims stand under their own names, too. The e-mail address stands in it as a salted hash only, and the learner's id not at all.
 */
export function credentialInputOf(row: AllocatedCertificate, issuer: IssuerInUse, publicUrl: string): CredentialInput {
  const { claims } = row.request;
  const completedAt = instantOf(claims['completedAt']);
  const results = Object.entries(claims).flatMap(([name, value]) => {
    const text = textOf(value);
    if (text === undefined || (name === 'completedAt' && completedAt)) return [];
    return [{ name, type: resultType(row, name), value: text }];
  });
  const { verify } = publicLinks(publicUrl, row.public_id);
  return {
    id: verify,
    image: `${verify}.png`,
    issuer: { did: issuer.did, name: issuer.name, url: issuer.url, image: issuer.image ?? undefined },
    validFrom: row.allocated_at,
    ...(row.expires_at ? { validUntil: row.expires_at } : {}),
    recipient: {
      id: `urn:uuid:${stableUuid(row.tenant_id, 'learner', row.recipient_learner_id)}`,
      name: row.recipient_name,
      ...(row.recipient_email === null
        ? {}
        : { email: { address: row.recipient_email, salt: randomBytes(12).toString('base64url') } }),
    },
    achievement: achievementOf(row),
    number: row.number,
    ...(completedAt ? { achievedOn: completedAt } : {}),
    ...(results.length > 0 ? { results } : {}),
    ...ownOf(row, publicUrl),
    ...(row.request.evidence ? { evidence: row.request.evidence } : {}),
    ...(row.status_list === null || row.status_index === null
      ? {}
      : { status: { list: statusListAddress(publicUrl, row.status_list), index: row.status_index } }),
  };
}

/** A claim that this certificate does not have is said under no name; the others are the same texts as the results. */
function ownOf(
  { tenant_id: tenantId, request }: AllocatedCertificate,
  publicUrl: string,
): Pick<CredentialInput, 'own'> {
  const { id: typeId, version, terms: names } = request.credentialType;
  if (names === undefined) return {};
  const values = names.flatMap((name) => {
    const text = textOf(request.claims[name]);
    return text === undefined ? [] : [[name, text] as const];
  });
  return { own: { terms: { publicUrl, tenantId, typeId, version, names }, values: Object.fromEntries(values) } };
}

/** The score of a course is a percentage (architecture section 3); what another type calls so is a score of its own. */
function resultType(row: AllocatedCertificate, name: string): 'Percent' | 'RawScore' | 'Result' {
  if (name !== 'score') return 'Result';
  return row.credential_type_id === 'course-completion' ? 'Percent' : 'RawScore';
}

function instantOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(value)) return undefined;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
