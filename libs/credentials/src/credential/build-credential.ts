import { createHash } from 'node:crypto';
import { v5 } from 'uuid';
import { achievementType } from './achievement-type.ts';
import type {
  Credential,
  CredentialImage,
  CredentialResult,
  CredentialResultDescription,
  CredentialStatus,
  IdentityObject,
} from './credential.ts';
import type { CredentialInput } from './credential-input.ts';
import { CredentialRefused } from './credential-refused.ts';
import { readableTexts } from './readable-texts.ts';
import { ownMembers } from '../terms/own-members.ts';
import { refuseEqualIds } from './refuse-equal-ids.ts';

const contexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  // Defines the type of the schema below: without it no Data Integrity proof covers that.
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
] as const;
const schema = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';

/**
 * Makes a W3C Verifiable Credential 2.0 (section 4) that is an Open Badges 3.0 `OpenBadgeCredential` (appendix B.1), with
 * standard terms only: a verifier without our vocabulary understands all of it. Where its type has terms of its own and there is a value
 * for one, it names their context last. Arrays wherever both standards allow a list. Texts are taken as they are given, but for control
 * characters, which become spaces.
 *
 * @throws {CredentialRefused} where a text holds a lone surrogate, a URI is none or stands for two things, it would end before it
 * begins, or a term of its own cannot be one
 */
export function buildCredential(given: CredentialInput): Credential {
  const input = readableTexts(given, 'the input');
  const { achievement, recipient } = input;
  const validFrom = seconds(input.validFrom, 'validFrom');
  const validUntil = input.validUntil && seconds(input.validUntil, 'validUntil');
  if (validUntil !== undefined && validUntil < validFrom) {
    throw new CredentialRefused('validUntil lies before validFrom: the credential would never be valid');
  }
  const { descriptions, results } = outcomes(input);
  const own = ownMembers(input.own);
  const credential: Credential = {
    '@context': [...contexts, ...own.contexts],
    id: uri(input.id, 'id'),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: text(achievement.name, 'achievement.name'),
    description: text(achievement.description, 'achievement.description'),
    ...image(input.image, 'image'),
    issuer: {
      id: uri(input.issuer.did, 'issuer.did'),
      type: ['Profile'],
      name: text(input.issuer.name, 'issuer.name'),
      ...(input.issuer.url === undefined ? {} : { url: uri(input.issuer.url, 'issuer.url') }),
      ...image(input.issuer.image, 'issuer.image'),
    },
    validFrom,
    ...(validUntil === undefined ? {} : { validUntil }),
    ...evidence(input),
    credentialSubject: {
      ...(recipient.id === undefined ? {} : { id: uri(recipient.id, 'recipient.id') }),
      type: ['AchievementSubject'],
      identifier: identifiers(recipient),
      ...(input.number === undefined ? {} : { licenseNumber: input.number }),
      ...(input.achievedOn === undefined ? {} : { activityEndDate: seconds(input.achievedOn, 'achievedOn') }),
      achievement: { ...describe(achievement), ...(descriptions ? { resultDescription: descriptions } : {}) },
      ...(results ? { result: results } : {}),
      ...own.members,
    },
    ...(input.status === undefined ? {} : { credentialStatus: status(input.status) }),
    credentialSchema: [{ id: schema, type: '1EdTechJsonSchemaValidator2019' }],
  };
  refuseEqualIds(credential);
  return credential;
}

function describe(given: CredentialInput['achievement']): Credential['credentialSubject']['achievement'] {
  const { criteriaUrl, humanCode, inLanguage, tags = [], alignments = [] } = given;
  return {
    id: uri(given.id, 'achievement.id'),
    type: ['Achievement'],
    ...(given.type === undefined ? {} : { achievementType: achievementType(given.type) }),
    name: given.name,
    description: given.description,
    ...image(given.image, 'achievement.image'),
    criteria: {
      ...(criteriaUrl === undefined ? {} : { id: uri(criteriaUrl, 'achievement.criteriaUrl') }),
      narrative: text(given.criteria, 'achievement.criteria'),
    },
    ...(humanCode === undefined ? {} : { humanCode }),
    ...(inLanguage === undefined ? {} : { inLanguage }),
    ...(tags.length === 0 ? {} : { tag: [...new Set(tags)] }),
    ...(alignments.length === 0
      ? {}
      : {
          alignment: alignments.map(({ name, url, code, framework }) => ({
            type: ['Alignment'] as ['Alignment'],
            targetName: text(name, 'alignment.name'),
            // A literal to JSON-LD, so nothing else would find a relative one.
            targetUrl: uri(url, 'alignment.url'),
            ...(code === undefined ? {} : { targetCode: code }),
            ...(framework === undefined ? {} : { targetFramework: framework }),
          })),
        }),
  };
}

function outcomes({ achievement, results = [] }: CredentialInput): {
  descriptions?: CredentialResultDescription[];
  results?: CredentialResult[];
} {
  if (results.length === 0) return {};
  const described = results.map(({ name, type, value }) => {
    const id = `urn:uuid:${v5(`${achievement.id} ${name}`, v5.URL)}`;
    const bounds = type === 'Percent' ? { valueMin: '0', valueMax: '100' } : {};
    return { id, name, type, value, bounds };
  });
  return {
    descriptions: described.map(({ id, name, type, bounds }) => ({
      ...{ id, type: ['ResultDescription'], name, resultType: type },
      ...bounds,
    })),
    results: described.map(({ id, value }) => ({ type: ['Result'], resultDescription: id, value })),
  };
}

function evidence({ evidence: given = [] }: CredentialInput): Pick<Credential, 'evidence'> {
  if (given.length === 0) return {};
  return {
    evidence: given.map(({ url, name, description }) => ({
      id: uri(url, 'evidence.url'),
      type: ['Evidence'],
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    })),
  };
}

/** Both addresses absolute; the entry's own is not that of the list (OB 3.0 demands one). */
function status({ list, index }: NonNullable<CredentialInput['status']>): CredentialStatus {
  if (!Number.isSafeInteger(index) || index < 0) throw new CredentialRefused('status.index is no place in a list');
  return {
    id: `${uri(list, 'status.list')}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(index),
    statusListCredential: list,
  };
}

/** The name as it is, the address only as its salted hash (OB 3.0, IdentityObject). */
function identifiers({ name, email }: CredentialInput['recipient']): IdentityObject[] {
  const named: IdentityObject = {
    type: 'IdentityObject',
    hashed: false,
    identityHash: text(name, 'recipient.name'),
    identityType: 'name',
  };
  if (!email) return [named];
  const digest = createHash('sha256').update(email.address, 'utf8').update(email.salt, 'utf8').digest('hex');
  return [
    named,
    {
      type: 'IdentityObject',
      hashed: true,
      identityHash: `sha256$${digest}`,
      identityType: 'emailAddress',
      salt: email.salt,
    },
  ];
}

function image(address: string | undefined, member: string): { image?: CredentialImage } {
  return address === undefined ? {} : { image: { id: uri(address, member), type: 'Image' } };
}

/** `2026-03-01T12:00:00Z`: the one form of an instant, for `…00Z` and `…00.000Z` are two different texts to a signature. */
function seconds(instant: Date, member: string): string {
  const year = instant.getUTCFullYear();
  if (!(year >= 0 && year <= 9_999)) throw new CredentialRefused(`${member} is no instant of the years 0 to 9999`);
  return `${instant.toISOString().slice(0, 19)}Z`;
}

/** Only absolute ones: a relative or blank name would mean something else wherever it is read. */
function uri(value: string, member: string): string {
  if (!/^(https?:\/\/|urn:|did:)[^\s<>"{}|^`\\\p{Cc}]+$/u.test(value)) {
    throw new CredentialRefused(`${member} must be an absolute URI (https:, http:, urn: or did:) without spaces`);
  }
  return value;
}

function text(value: string, member: string): string {
  if (value === '') throw new CredentialRefused(`${member} is empty`);
  return value;
}
