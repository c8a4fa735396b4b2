import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SecretBox } from './secret-box.ts';

it('opens what it sealed, for the same endpoint and with the same key alone', () => {
  const box = new SecretBox(randomBytes(32));
  const secret = randomBytes(32);
  const sealed = box.seal(secret, 'one');
  expect(box.open(sealed, 'one')).toEqual(secret);
  expect(box.seal(secret, 'one')).not.toEqual(sealed);
  expect(() => box.open(sealed, 'another')).toThrow('SECRETS_KEY_FILE');
  expect(() => new SecretBox(randomBytes(32)).open(sealed, 'one')).toThrow('SECRETS_KEY_FILE');
  for (let at = 1; at < sealed.length; at++) {
    const altered = Buffer.from(sealed);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(() => box.open(altered, 'one')).toThrow();
  }
});

it('takes a key file with 32 bytes in base64, and says so of any other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'key');
  writeFileSync(file, `${randomBytes(32).toString('base64')}\n`);
  expect(SecretBox.fromFile(file)).toBeInstanceOf(SecretBox);
  for (const wrong of ['', 'short', randomBytes(31).toString('base64'), randomBytes(32).toString('hex')]) {
    writeFileSync(file, wrong);
    expect(() => SecretBox.fromFile(file)).toThrow('head -c 32 /dev/urandom | base64');
  }
});
