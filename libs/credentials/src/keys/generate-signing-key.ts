import { createHash, generateKeyPair, type KeyObject } from 'node:crypto';
import { publicJwkOf } from './public-jwk-of.ts';
import type { PublicJwk, SigningKey, TokenAlgorithm } from './signing-key.ts';

/**
 * Makes a key that signs tokens.
 *
 * @param kid makes the key's id of its thumbprint (RFC 7638, SHA-256, base64url): a DID URL of its issuer
 * @param algorithm an RS256 key (2,048 bits) takes some 50 ms of another thread
 */
export async function generateSigningKey(
  kid: (thumbprint: string) => string,
  algorithm: TokenAlgorithm = 'ES256',
): Promise<SigningKey> {
  const jwk = (await privateKey(algorithm)).export({ format: 'jwk' });
  const publicJwk = publicJwkOf(jwk);
  if (jwk.d === undefined) throw new TypeError('The generated key has no private half');
  const thumbprint = createHash('sha256').update(canonical(publicJwk)).digest('base64url');
  return { kid: kid(thumbprint), publicJwk, privateJwk: { ...jwk, ...publicJwk, d: jwk.d } };
}

function privateKey(algorithm: TokenAlgorithm): Promise<KeyObject> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, _public: KeyObject, key: KeyObject) => (error ? reject(error) : resolve(key));
    if (algorithm === 'ES256') generateKeyPair('ec', { namedCurve: 'P-256' }, done);
    else generateKeyPair('rsa', { modulusLength: 2_048 }, done);
  });
}

/** The required members in the order of their names (RFC 7638, section 3.2). */
function canonical(jwk: PublicJwk): string {
  if (jwk.kty === 'EC') return JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y });
  return JSON.stringify({ e: jwk.e, kty: jwk.kty, n: jwk.n });
}
