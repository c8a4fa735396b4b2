import { createHash, generateKeyPairSync } from 'node:crypto';
import { publicJwkOf } from './public-jwk-of.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * Makes a P-256 key for ES256.
 *
 * @param kid makes the key's id of its thumbprint (RFC 7638, SHA-256, base64url): a DID URL of its issuer
 */
export async function generateSigningKey(kid: (thumbprint: string) => string): Promise<SigningKey> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  const publicJwk = publicJwkOf(jwk);
  if (jwk.d === undefined) throw new TypeError('The generated key has no private half');
  const { crv, kty, x, y } = publicJwk;
  const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { kid: kid(thumbprint), publicJwk, privateJwk: { ...publicJwk, d: jwk.d } };
}
