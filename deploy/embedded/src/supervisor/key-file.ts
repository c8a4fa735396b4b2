import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileSafely } from '../processes/write-file-safely.ts';

/** A file (0600) with 32 random bytes in base64, made when it is first asked for. Whoever loses it loses what it encrypts. */
export function keyFile(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o711 });
    writeFileSafely(file, `${randomBytes(32).toString('base64')}\n`);
  }
  return file;
}
