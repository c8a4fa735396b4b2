import { createPublicKey, type KeyObject } from 'node:crypto';
import type { FindKey, FoundKey } from './find-key.ts';
import { refuse } from './refuse.ts';
import type { Refusal } from './refusal.ts';

/** The ways to sign that are verified: by algorithm of a token (RFC 7518, RFC 8037), or by cryptosuite. */
export type SignatureKind = 'ES256' | 'RS256' | 'EdDSA' | 'eddsa-rdfc-2022';

const kinds = {
  ES256: { kty: 'EC', crv: 'P-256' },
  RS256: { kty: 'RSA', crv: undefined },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  'eddsa-rdfc-2022': { kty: 'OKP', crv: 'Ed25519' },
} as const;
/** 2,048 and 8,192 bits in base64url: a longer one would only cost time. */
const moduli = { least: 342, most: 1_366 };

/**
 * Finds a key and holds it to the one way in which it may sign: neither a token nor a proof chooses what a key is good for. Only the
 * public members of the key are read.
 */
export async function usableKey(
  find: FindKey,
  kid: string,
  issuer: string,
  kind: SignatureKind,
): Promise<{ readonly ok: true; readonly key: KeyObject; readonly found: FoundKey } | Refusal> {
  const found = await find(kid, issuer);
  if (!found) return refuse('unknown-issuer', 'unknown-key', 'its issuer, or the key of it, is not known here');
  if ('verdict' in found) return found;
  const { kty, crv, x, y, n, e } = found.publicJwk;
  const wanted = kinds[kind];
  const purpose = kind === 'eddsa-rdfc-2022' ? 'integrity' : 'jwt';
  if (kty !== wanted.kty || crv !== wanted.crv || (found.purpose ?? purpose) !== purpose) {
    return refuse('tampered', 'key-purpose', 'the key that it names does not make signatures of this kind');
  }
  const length = n?.length ?? 0;
  if (kty === 'RSA' && (length < moduli.least || length > moduli.most)) {
    return refuse('unknown-issuer', 'weak-key', 'the key of its issuer is not one of 2,048 to 8,192 bits');
  }
  const jwk = kty === 'RSA' ? { kty, n, e } : kty === 'EC' ? { kty, crv, x, y } : { kty, crv, x };
  try {
    return { ok: true, found, key: createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' }) };
  } catch {
    // The point is not on the curve, or a member is missing.
    return refuse('unknown-issuer', 'weak-key', 'the key that its issuer publishes is no key');
  }
}
