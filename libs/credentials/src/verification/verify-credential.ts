import { z } from 'zod';
import type { Credential } from '../credential/credential.ts';
import { verifyIntegrity } from '../integrity/verify-integrity.ts';
import { registeredClaims } from '../signing/registered-claims.ts';
import type { FindTerms } from '../terms/find-terms.ts';
import type { FindKey, FoundKey } from './find-key.ts';
import { isDocument } from './is-document.ts';
import { readDocument } from './read-document.ts';
import { CredentialUnreadable, readToken } from './read-token.ts';
import { refuse } from './refuse.ts';
import type { Refusal } from './refusal.ts';
import { tokenSignature } from './token-signature.ts';

/** What the signatures of a credential tell. Whether the certificate still holds is for its state and its dates to tell. */
export type Verification =
  | {
      readonly ok: true;
      /** With the proof in it, if it has one; of JSON what was presented, so show what is stored instead. */
      readonly credential: Credential;
      readonly kid: string;
      /** The key of the token, or of the JSON, was stolen then: only what was stored before is known not to be the thief's. */
      readonly compromisedAt?: Date;
    }
  | Refusal;

export interface VerifyOptions {
  /** The token's own signature is enough, as of stored bytes that are compared with their hash; a proof in it is canonicalised by the library, which costs more than all else. */
  readonly skipsProof?: boolean;
  /** Where types have terms of their own; left out, a proof over such is unreadable. */
  readonly findTerms?: FindTerms | undefined;
}

const rules = { algorithms: ['ES256', 'RS256'], ignored: [] } as const;

/** What the rest of Laurel reads of a credential; all other members are kept as they are. */
const shape = z.looseObject({
  '@context': z.array(z.string()).min(1),
  id: z.string(),
  type: z.array(z.string()),
  name: z.string(),
  issuer: z.looseObject({ id: z.string(), name: z.string() }),
  validFrom: z.iso.datetime({ offset: true }),
  validUntil: z.iso.datetime({ offset: true }).optional(),
  credentialSubject: z.looseObject({
    id: z.string().optional(),
    identifier: z.array(z.looseObject({ identityHash: z.string(), identityType: z.string() })),
    achievement: z.looseObject({ name: z.string() }),
  }),
});

/**
 * Verifies a credential of an issuer of ours: a VC-JWT (VC-JOSE-COSE; Open Badges 3.0, section 8.2; ES256 or RS256) and the Data
 * Integrity proof in it if there is one, or JSON with its proof inside (eddsa-rdfc-2022). Never throws for what it holds; what
 * `keys` and `options.findTerms` throw goes through.
 *
 * @param presented a token; JSON as text, or already parsed
 */
export async function verifyCredential(
  presented: string | object,
  keys: FindKey,
  options: VerifyOptions = {},
): Promise<Verification> {
  try {
    return isDocument(presented)
      ? await verifyDocument(readDocument(presented), keys, options)
      : await verifyToken(presented, keys, options);
  } catch (error) {
    if (!(error instanceof CredentialUnreadable)) throw error;
    return refuse('unreadable', error.code, error.message);
  }
}

async function verifyDocument(document: object, keys: FindKey, { findTerms }: VerifyOptions): Promise<Verification> {
  const proven = await verifyIntegrity(document, keys, { findTerms });
  if (!proven.ok) return proven;
  if (!shape.safeParse(document).success) return notOurs('it');
  return verified(document, proven.verificationMethod, proven);
}

async function verifyToken(
  token: string,
  keys: FindKey,
  { skipsProof = false, findTerms }: VerifyOptions,
): Promise<Verification> {
  const read = readToken(token, rules);
  const { kid, claims, members } = read;
  if (!shape.safeParse(members).success) return notOurs('its payload');
  const credential = members as unknown as Credential;
  const issuer = credential.issuer.id;
  // A key may speak for the issuer that it belongs to, and for no other.
  if (!kid.startsWith(`${issuer}#`))
    return refuse('tampered', 'foreign-key', 'the key named in its header is not a key of its issuer');
  const signed = await tokenSignature(read, issuer, keys);
  if (!signed.ok) return signed;
  const expected = registeredClaims(credential) as unknown as Record<string, unknown>;
  const wrong = ['iss', 'jti', 'sub', 'nbf', 'exp'].find((name) => claims[name] !== expected[name]);
  if (wrong !== undefined) {
    return refuse('tampered', 'claim-mismatch', `its claim ${wrong} disagrees with the credential`);
  }
  if ('proof' in members && !skipsProof) {
    const proven = await verifyIntegrity(members, keys, { findTerms });
    // A thief of the key of proofs makes no tokens: what this one says is covered by its own key.
    if (!proven.ok) return proven;
  }
  return verified(members, kid, signed.found);
}

function verified(document: object, kid: string, { compromisedAt }: Pick<FoundKey, 'compromisedAt'>): Verification {
  return { ok: true, credential: document as Credential, kid, ...(compromisedAt ? { compromisedAt } : {}) };
}

const notOurs = (what: string) =>
  refuse('unreadable', 'not-a-credential', `${what} is no Open Badges 3.0 credential as Laurel issues them`);
