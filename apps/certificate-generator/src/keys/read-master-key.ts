import { readFileSync, statSync } from 'node:fs';

/** Thrown when the master key cannot be used. The message names the file and the fix, never a byte of it. */
export class MasterKeyUnusable extends Error {
  override readonly name = 'MasterKeyUnusable';
}

const keyBytes = 32;

/**
 * Reads the key that seals all private keys, once, from a file that only its owner can read: never from the environment or an
 * argument, which others can see. 32 bytes, raw, or as text in 64 hexadecimal digits or base64.
 *
 * @throws {MasterKeyUnusable}
 */
export function readMasterKey(file: string): Buffer {
  const content = read(file);
  if (content.length === keyBytes) return content;
  const text = content.toString('latin1').trim();
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  throw new MasterKeyUnusable(
    `MASTER_KEY_FILE: ${file} holds no key of ${keyBytes} bytes, raw or in 64 hexadecimal digits or base64. Make one by: head -c 32 /dev/urandom > ${file}; chmod 600 ${file}`,
  );
}

function read(file: string): Buffer {
  try {
    const { mode } = statSync(file);
    if ((mode & 0o077) !== 0) {
      throw new MasterKeyUnusable(
        `MASTER_KEY_FILE: others than its owner may use ${file}. Close it to them by: chmod 600 ${file}`,
      );
    }
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof MasterKeyUnusable) throw cause;
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw new MasterKeyUnusable(`MASTER_KEY_FILE: ${file} cannot be read (${code}). It must be a file of this user.`, {
      cause,
    });
  }
}
