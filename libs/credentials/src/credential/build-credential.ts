import { createHash } from 'node:crypto';
import { v5 } from 'uuid';
import { achievementType } from './achievement-type.ts';
import type { Credential, IdentityObject } from './credential.ts';
import { CredentialRefused } from './credential-refused.ts';

/** What a credential is made of. Texts are taken exactly as they are given. */
export interface CredentialInput {
  /** The URI of the credential: the address of its verify page. */
  readonly id: string;
  readonly issuer: { readonly did: string; readonly name: string; readonly url?: string };
  /** Written in UTC and whole seconds. */
  readonly validFrom: Date;
  readonly validUntil?: Date;
  readonly recipient: {
    /** A URI for the person. The JWT profile of OB 3.0 (section 8.2) demands one, as `sub`. */
    readonly id?: string;
    readonly name: string;
    /** Stands in the credential as a salted hash only. */
    readonly email?: { readonly address: string; readonly salt: string };
  };
  readonly achievement: {
    readonly id: string;
    readonly type?: string;
    readonly name: string;
    readonly description: string;
    readonly criteria: string;
  };
  /** The number on paper; `licenseNumber` of OB 3.0. */
  readonly number?: string;
  /** When it was achieved; `activityEndDate` of OB 3.0. */
  readonly achievedOn?: Date;
  /** What came out, each under a name. Values are texts: a JSON number could be signed in a form that a reader does not see. */
  readonly results?: readonly {
    readonly name: string;
    readonly type: 'Percent' | 'RawScore' | 'Result';
    readonly value: string;
  }[];
}

const contexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  // Defines the type of the schema below: without it no Data Integrity proof covers that.
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
] as const;
const schema = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';

/**
 * Makes a W3C Verifiable Credential 2.0 (section 4) that is an Open Badges 3.0 `OpenBadgeCredential` (appendix B.1), with
 * standard terms only: a verifier without our vocabulary understands all of it. Arrays wherever both standards allow a list.
 *
 * @throws {CredentialRefused} where a text holds a lone surrogate, a URI is none, or it would end before it begins
 */
export function buildCredential(input: CredentialInput): Credential {
  refuseLoneSurrogates(input, 'the input');
  const { achievement, issuer, recipient, results = [] } = input;
  const described = results.map((result) => ({
    ...result,
    id: `urn:uuid:${v5(`${achievement.id} ${result.name}`, v5.URL)}`,
  }));
  const validFrom = seconds(input.validFrom, 'validFrom');
  const validUntil = input.validUntil && seconds(input.validUntil, 'validUntil');
  if (validUntil !== undefined && validUntil < validFrom) {
    throw new CredentialRefused('validUntil lies before validFrom: the credential would never be valid');
  }
  return {
    '@context': [...contexts],
    id: uri(input.id, 'id'),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: text(achievement.name, 'achievement.name'),
    issuer: {
      id: uri(issuer.did, 'issuer.did'),
      type: ['Profile'],
      name: text(issuer.name, 'issuer.name'),
      ...(issuer.url === undefined ? {} : { url: uri(issuer.url, 'issuer.url') }),
    },
    validFrom,
    ...(validUntil === undefined ? {} : { validUntil }),
    credentialSubject: {
      ...(recipient.id === undefined ? {} : { id: uri(recipient.id, 'recipient.id') }),
      type: ['AchievementSubject'],
      identifier: identifiers(recipient),
      ...(input.number === undefined ? {} : { licenseNumber: input.number }),
      ...(input.achievedOn === undefined ? {} : { activityEndDate: seconds(input.achievedOn, 'achievedOn') }),
      achievement: {
        id: uri(achievement.id, 'achievement.id'),
        type: ['Achievement'],
        ...(achievement.type === undefined ? {} : { achievementType: achievementType(achievement.type) }),
        name: achievement.name,
        description: text(achievement.description, 'achievement.description'),
        criteria: { narrative: text(achievement.criteria, 'achievement.criteria') },
        ...(described.length === 0
          ? {}
          : {
              resultDescription: described.map(({ id, name, type }) => ({
                id,
                type: ['ResultDescription'] as ['ResultDescription'],
                name,
                resultType: type,
              })),
            }),
      },
      ...(described.length === 0
        ? {}
        : {
            result: described.map(({ id, value }) => ({
              type: ['Result'] as ['Result'],
              resultDescription: id,
              value,
            })),
          }),
    },
    credentialSchema: [{ id: schema, type: '1EdTechJsonSchemaValidator2019' }],
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

/** UTF-8 has no lone surrogates: two different texts would be signed as one. */
function refuseLoneSurrogates(value: unknown, member: string): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed())
      throw new CredentialRefused(`${member} holds half a surrogate pair, which is no character`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) refuseLoneSurrogates(inner, name);
  }
}
