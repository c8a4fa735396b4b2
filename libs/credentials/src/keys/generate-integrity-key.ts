import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { multikeyOf } from './multikey-of.ts';

/** A key that proves credentials (eddsa-rdfc-2022). */
export interface IntegrityKey {
  readonly publicKeyMultibase: string;
  /** kty OKP, crv Ed25519 (RFC 8037). */
  readonly publicJwk: JsonWebKey;
  /** For `sealKey`. Never logged, never stored but sealed. */
  readonly privateJwk: JsonWebKey;
}

/** Makes an Ed25519 key. Name it plainly (`…#di-1`): some verifiers take the key from a fragment that is one, and never ask its issuer. */
export function generateIntegrityKey(): IntegrityKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKeyMultibase: multikeyOf(publicKey),
    publicJwk: publicKey.export({ format: 'jwk' }),
    privateJwk: privateKey.export({ format: 'jwk' }),
  };
}
