import type { JsonWebKey } from 'node:crypto';
import type { PublicJwk } from './signing-key.ts';

/**
 * The public members of a P-256 key and nothing else, whatever came with them.
 *
 * @throws {TypeError} when it is none
 */
export function publicJwkOf({ kty, crv, x, y }: JsonWebKey): PublicJwk {
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') {
    throw new TypeError('The key is no P-256 key (kty EC, crv P-256, x, y): only ES256 is signed and verified');
  }
  return { kty, crv, x, y };
}
