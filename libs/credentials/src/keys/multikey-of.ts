import type { KeyObject } from 'node:crypto';
import { encode } from 'base58-universal';

/**
 * The public half of an Ed25519 key as a Multikey (Controlled Identifiers 1.0, section 2.2.2): `z6Mk…`.
 *
 * @throws {TypeError} when it is none
 */
export function multikeyOf(key: KeyObject): string {
  const { kty, crv, x } = key.export({ format: 'jwk' });
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') {
    throw new TypeError('The key is no Ed25519 key (kty OKP, crv Ed25519, x): only these make eddsa-rdfc-2022 proofs');
  }
  return `z${encode(Buffer.concat([Buffer.of(0xed, 0x01), Buffer.from(x, 'base64url')]))}`;
}
