import type { ForeignCredential } from '@laurel/credentials';
import type { VerifiedCertificate } from './verification.ts';

type Members = Readonly<Record<string, unknown>>;

const generic = new Set(['VerifiableCredential', 'OpenBadgeCredential', 'AchievementCredential']);
/** So that nobody fills a screen: names are shorter. */
const longest = 5_000;

/**
 * What a credential of an issuer elsewhere says, as far as it is written as an Open Badge 3.0 writes it; of any other Verifiable
 * Credential its kind and whom it names. What is not there is left empty, and of several subjects none is told: a proof does not cover
 * their order.
 */
export function describeForeign(credential: ForeignCredential): VerifiedCertificate {
  const { issuer, validFrom, validUntil, type } = credential;
  const subjects = [credential.credentialSubject].flat() as Members[];
  const subject = subjects.length === 1 ? (subjects[0] as Members) : {};
  const achievement = membersOf(subject['achievement']);
  const profile = typeof issuer === 'string' ? { id: issuer } : issuer;
  const url = textOf(profile['url']);
  const number = textOf(subject['licenseNumber']);
  const kinds = [type].flat().filter((each): each is string => typeof each === 'string' && !generic.has(each));
  const [name = kinds.join(', ')] = [achievement['name'], credential['name']].map(textOf).filter((each) => each !== '');
  return {
    ...(number === '' ? {} : { number }),
    recipient: { name: recipientOf(subject) },
    achievement: {
      name: name.slice(0, longest),
      description: textOf(achievement['description']) || textOf(credential['description']),
      criteria: textOf(membersOf(achievement['criteria'])['narrative']),
    },
    issuer: { did: profile.id, name: textOf(profile['name']), ...(url === '' ? {} : { url }) },
    ...(validFrom === undefined ? {} : { validFrom: new Date(validFrom).toISOString() }),
    ...(validUntil === undefined ? {} : { validUntil: new Date(validUntil).toISOString() }),
    results: resultsOf(subject, achievement),
  };
}

/** Of an Open Badge the identifier of the kind `name`, else what the subject is called. */
function recipientOf(subject: Members): string {
  const named = listOf(subject['identifier']).find(({ identityType, hashed }) => identityType === 'name' && !hashed);
  return textOf(named?.['identityHash']) || textOf(subject['name']);
}

function resultsOf(subject: Members, achievement: Members): VerifiedCertificate['results'] {
  const described = new Map(listOf(achievement['resultDescription']).map((each) => [each['id'], each]));
  return listOf(subject['result']).flatMap(({ resultDescription, value }) => {
    const { name, resultType } = described.get(resultDescription) ?? {};
    const text = textOf(value);
    return text === '' ? [] : [{ name: textOf(name) || 'Result', type: textOf(resultType) || 'Result', value: text }];
  });
}

/** A text, or the text of one in a language (Verifiable Credentials Data Model 2.0, section 11.1). */
function textOf(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? (value as Members)['@value'] : value;
  return typeof text === 'string' ? text.slice(0, longest) : '';
}

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
const listOf = (value: unknown): Members[] => (value === undefined ? [] : [value].flat()).map(membersOf);
