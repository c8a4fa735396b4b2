import type { JsonWebKey } from 'node:crypto';
import type { PublicJwk } from './signing-key.ts';

/** 2,048 bits in base64url. */
const leastModulus = 342;

/**
 * The public members of a key that signs tokens and nothing else, whatever came with them.
 *
 * @throws {TypeError} when it is neither a P-256 key nor an RSA key of at least 2,048 bits
 */
export function publicJwkOf({ kty, crv, x, y, n, e }: JsonWebKey): PublicJwk {
  if (kty === 'EC' && crv === 'P-256' && typeof x === 'string' && typeof y === 'string') return { kty, crv, x, y };
  if (kty === 'RSA' && typeof n === 'string' && typeof e === 'string' && n.length >= leastModulus) {
    return { kty, n, e };
  }
  throw new TypeError(
    'The key is neither a P-256 key (kty EC, crv P-256, x, y) nor an RSA key of at least 2,048 bits (kty RSA, n, e): ' +
      'only ES256 and RS256 are signed and verified',
  );
}
