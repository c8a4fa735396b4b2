import { createCipheriv, createPrivateKey, type JsonWebKey, randomBytes } from 'node:crypto';
import { sealedContext } from './sealed-context.ts';
import { sealedKey } from './sealed-key.ts';

/**
 * Seals a private key for the database: PKCS#8 in AES-256-GCM (NIST SP 800-38D) under a nonce of its own.
 *
 * @param masterKey 32 bytes
 * @param context where the key belongs (tenant and key id); sealed bytes that are moved elsewhere do not open
 */
export function sealKey(privateJwk: JsonWebKey, masterKey: Buffer, context: string): Buffer {
  const { version, nonceBytes } = sealedKey;
  const plain = createPrivateKey({ key: privateJwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'der' });
  try {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(sealedContext(context));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.of(version), nonce, sealed, cipher.getAuthTag()]);
  } finally {
    plain.fill(0);
  }
}
