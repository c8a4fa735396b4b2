import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import type { Credential } from '../credential/credential.ts';
import { publicJwkOf } from '../keys/public-jwk-of.ts';
import { registeredClaims } from '../signing/registered-claims.ts';
import type { RefusalCode } from './refusal-codes.ts';
import { readToken, TokenUnreadable } from './read-token.ts';

/** What the signature of a token tells. Whether the certificate still holds is for its state and its dates to tell. */
export type Verification =
  | { readonly ok: true; readonly credential: Credential; readonly kid: string }
  | {
      readonly ok: false;
      /**
       * `unreadable`: no credential as Laurel signs them. `unknown-issuer`: no such key of that issuer. `tampered`: the key is
       * known, and what is written is not what it has signed.
       */
      readonly verdict: 'tampered' | 'unreadable' | 'unknown-issuer';
      /** For programs. */
      readonly code: RefusalCode;
      /** A sentence for a person; it quotes nothing of the token. */
      readonly reason: string;
    };

/** Finds the public key with an id among the keys of an issuer, retired ones too. */
export type FindKey = (kid: string, issuer: string) => Promise<JsonWebKey | undefined>;

/**
 * Verifies a VC-JWT (VC-JOSE-COSE; Open Badges 3.0, section 8.2; ES256 of RFC 7518, section 3.4). Never throws for what a token
 * holds; what `keys` throws goes through.
 */
export async function verifyCredential(token: string, keys: FindKey): Promise<Verification> {
  let read;
  try {
    read = readToken(token);
  } catch (error) {
    if (!(error instanceof TokenUnreadable)) throw error;
    return { ok: false, verdict: 'unreadable', code: error.code, reason: error.message };
  }
  const { kid, credential, claims, signed, signature } = read;
  const issuer = credential.issuer.id;
  // A key may speak for the issuer that it belongs to, and for no other.
  if (!kid.startsWith(`${issuer}#`))
    return tampered('foreign-key', 'the key named in its header is not a key of its issuer');
  const jwk = await keys(kid, issuer);
  if (!jwk) {
    const reason = 'its issuer, or the key of it, is not known here';
    return { ok: false, verdict: 'unknown-issuer', code: 'unknown-key', reason };
  }
  const key = createPublicKey({ key: publicJwkOf(jwk), format: 'jwk' });
  // Any other length is no ES256 signature; OpenSSL would read some of them.
  if (signature.length !== 64 || !verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)) {
    return tampered('signature-mismatch', 'its signature does not fit its content: something was changed');
  }
  const expected = registeredClaims(credential) as unknown as Record<string, unknown>;
  const wrong = ['iss', 'jti', 'sub', 'nbf', 'exp'].find((name) => claims[name] !== expected[name]);
  if (wrong !== undefined) return tampered('claim-mismatch', `its claim ${wrong} disagrees with the credential`);
  return { ok: true, credential, kid };
}

function tampered(code: RefusalCode, reason: string): Verification {
  return { ok: false, verdict: 'tampered', code, reason };
}
