import { createPublicKey, type KeyObject } from 'node:crypto';
import { decode } from 'base58-universal';

/**
 * The Ed25519 key that a Multikey writes.
 *
 * @throws {TypeError} when it is none
 */
export function publicKeyOfMultikey(multikey: string): KeyObject {
  if (!/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/.test(multikey)) {
    throw new TypeError('The Multikey is no Ed25519 key: it begins with z6Mk and has 48 characters');
  }
  const x = Buffer.from(decode(multikey.slice(1)).subarray(2)).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
