import { createDecipheriv, createPrivateKey, type KeyObject } from 'node:crypto';
import { sealedContext } from './sealed-context.ts';
import { sealedKey } from './sealed-key.ts';

/** Thrown when a sealed key does not open: another master key, another place, or changed bytes. It does not tell which. */
export class SealedKeyUnreadable extends Error {
  override readonly name = 'SealedKeyUnreadable';
}

/**
 * Opens what `sealKey` has sealed: a private key of whatever kind was sealed.
 *
 * @throws {SealedKeyUnreadable} when master key, context or bytes are not those it was sealed with
 */
export function openKey(sealed: Buffer, masterKey: Buffer, context: string): KeyObject {
  const plain = decrypt(sealed, masterKey, context);
  try {
    return createPrivateKey({ key: plain, type: 'pkcs8', format: 'der' });
  } finally {
    plain.fill(0);
  }
}

function decrypt(sealed: Buffer, masterKey: Buffer, context: string): Buffer {
  const { version, nonceBytes, tagBytes } = sealedKey;
  const begin = 1 + nonceBytes;
  if (sealed[0] !== version || sealed.length <= begin + tagBytes) {
    throw new SealedKeyUnreadable(`The sealed key is not of version ${version}: it was written by another release`);
  }
  const end = sealed.length - tagBytes;
  try {
    const decipher = createDecipheriv('aes-256-gcm', masterKey, sealed.subarray(1, begin), { authTagLength: tagBytes })
      .setAAD(sealedContext(context))
      .setAuthTag(sealed.subarray(end));
    return Buffer.concat([decipher.update(sealed.subarray(begin, end)), decipher.final()]);
  } catch (cause) {
    throw new SealedKeyUnreadable(
      'A sealed key does not open: the master key is not the one it was sealed with, or its row was changed or moved',
      { cause },
    );
  }
}
