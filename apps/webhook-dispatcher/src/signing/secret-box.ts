import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Thrown when the key file cannot be used, or a secret was sealed with another key or for another endpoint. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
}

const layout = 1;

/**
 * Encrypts the signing secrets of endpoints at rest: AES-256-GCM, the endpoint's id as additional data, so that a row copied to
 * another endpoint does not open. A sealed secret is one byte of layout, 12 of nonce, the ciphertext, 16 of tag.
 */
export class SecretBox {
  constructor(private readonly key: Buffer) {}

  /** Reads the key: 32 bytes in base64. @throws {SecretUnreadable} that says what the file should hold */
  static fromFile(file: string): SecretBox {
    const text = readFileSync(file, 'utf8').trim();
    const key = Buffer.from(text, 'base64');
    if (key.length !== 32 || key.toString('base64') !== text) {
      throw new SecretUnreadable(
        'SECRETS_KEY_FILE must name a file with 32 bytes in base64; make one by: head -c 32 /dev/urandom | base64',
      );
    }
    return new SecretBox(key);
  }

  seal(secret: Buffer, endpointId: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(endpointId));
    const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([Buffer.of(layout), nonce, sealed, cipher.getAuthTag()]);
  }

  /** @throws {SecretUnreadable} when it was not sealed with this key for this endpoint */
  open(sealed: Buffer, endpointId: string): Buffer {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(1, 13))
        .setAAD(Buffer.from(endpointId))
        .setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(13, -16)), decipher.final()]);
    } catch (cause) {
      throw new SecretUnreadable(
        'A signing secret does not open: SECRETS_KEY_FILE names another key than the one it was sealed with',
        { cause },
      );
    }
  }
}
