import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileSafely } from '../processes/write-file-safely.ts';

const kept = z.record(z.string(), z.string());

/** Passwords by name, made when they are first asked for and kept in a file that only its owner reads. */
export class Secrets {
  private readonly file: string;
  private readonly secrets: Record<string, string>;

  constructor(file: string) {
    this.file = file;
    this.secrets = existsSync(file) ? kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  }

  /** On disk before it is given: a password that was set somewhere is never lost to a kill. */
  of(name: string): string {
    const known = this.secrets[name];
    if (known !== undefined) return known;
    const made = randomBytes(24).toString('base64url');
    this.secrets[name] = made;
    writeFileSafely(this.file, `${JSON.stringify(this.secrets, undefined, 2)}\n`);
    return made;
  }
}
