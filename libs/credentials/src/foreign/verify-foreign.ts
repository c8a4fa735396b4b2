import { verifyIntegrity } from '../integrity/verify-integrity.ts';
import type { FindKey } from '../verification/find-key.ts';
import { isDocument } from '../verification/is-document.ts';
import { readDocument } from '../verification/read-document.ts';
import { CredentialUnreadable, readToken } from '../verification/read-token.ts';
import { refuse } from '../verification/refuse.ts';
import type { Refusal } from '../verification/refusal.ts';
import { tokenSignature } from '../verification/token-signature.ts';
import type { ForeignCredential } from './foreign-credential.ts';
import { readForeign } from './read-foreign.ts';

/** What the signatures of a credential of another issuer tell; its state and its dates are for others to judge. */
export type ForeignVerification =
  { readonly ok: true; readonly credential: ForeignCredential; readonly issuer: string } | Refusal;

// What OB 3.0 and VC-JOSE-COSE write beside; a key of the token's own choice is nobody's.
const rules = { algorithms: ['ES256', 'RS256', 'EdDSA'], ignored: ['jwk', 'cty'] } as const;

/**
 * Verifies a Verifiable Credential 2.0 of an issuer elsewhere, an Open Badge 3.0 or not: a VC-JWT (ES256, RS256, EdDSA) and the
 * proof in it if there is one, or JSON with its proof inside (eddsa-rdfc-2022). Never throws for what it holds; what `keys` throws
 * goes through.
 *
 * @param presented a token; JSON as text, or already parsed
 */
export async function verifyForeign(presented: string | object, keys: FindKey): Promise<ForeignVerification> {
  try {
    return isDocument(presented)
      ? await verifyDocument(readDocument(presented), keys)
      : await verifyToken(presented, keys);
  } catch (error) {
    if (!(error instanceof CredentialUnreadable)) throw error;
    return refuse('unreadable', error.code, error.message);
  }
}

async function verifyDocument(
  document: Readonly<Record<string, unknown>>,
  keys: FindKey,
): Promise<ForeignVerification> {
  const credential = readForeign(document);
  const proven = await verifyIntegrity(document, keys, { takesNumbers: true });
  return proven.ok ? { ok: true, credential, issuer: idOf(credential) } : proven;
}

async function verifyToken(token: string, keys: FindKey): Promise<ForeignVerification> {
  const read = readToken(token, rules);
  const credential = readForeign(read.members);
  const issuer = idOf(credential);
  const isDid = issuer.startsWith('did:');
  // Behind the DID of its issuer a key may be named by its fragment alone.
  const kid = isDid && read.kid.startsWith('#') ? `${issuer}${read.kid}` : read.kid;
  if (isDid && !kid.startsWith(`${issuer}#`))
    return refuse('tampered', 'foreign-key', 'the key named in its header is not a key of its issuer');
  const signed = await tokenSignature({ ...read, kid }, issuer, keys);
  if (!signed.ok) return signed;
  const wrong = wrongClaim(read.claims, credential, issuer);
  if (wrong !== undefined) {
    return refuse('tampered', 'claim-mismatch', `its claim ${wrong} disagrees with the credential`);
  }
  if (!('proof' in read.members)) return { ok: true, credential, issuer };
  const proven = await verifyIntegrity(read.members, keys, { takesNumbers: true });
  // In words that are not known here (terms of their own) nobody can tell what the proof covers. The token covers every byte, and who could
  // forge it could leave the proof out.
  if (!proven.ok && proven.code !== 'unknown-context') return proven;
  return { ok: true, credential, issuer };
}

const idOf = ({ issuer }: ForeignCredential) => (typeof issuer === 'string' ? issuer : issuer.id);

/** Claims that others leave out say nothing; those that are there say what the credential says (VC-JOSE-COSE, section 3.3). */
function wrongClaim(
  claims: Readonly<Record<string, unknown>>,
  { id, validFrom, validUntil, credentialSubject }: ForeignCredential,
  issuer: string,
): string | undefined {
  const seconds = (instant: string | undefined) => instant && Math.floor(Date.parse(instant) / 1_000);
  const [subject, ...others] = [credentialSubject].flat() as { id?: unknown }[];
  const expected: Record<string, unknown> = {
    iss: issuer,
    jti: id,
    sub: others.length === 0 ? subject?.id : undefined,
    nbf: seconds(validFrom),
    exp: seconds(validUntil),
  };
  return Object.keys(expected).find((name) => Object.hasOwn(claims, name) && claims[name] !== expected[name]);
}
