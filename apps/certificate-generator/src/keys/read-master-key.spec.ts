import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MasterKeyUnusable, readMasterKey } from './read-master-key.ts';

const key = randomBytes(32);
let file: string;
beforeAll(() => (file = join(mkdtempSync(join(tmpdir(), 'laurel-key-')), 'master.key')));
afterAll(() => rmSync(join(file, '..'), { recursive: true, force: true }));

test.each([
  ['raw', key],
  ['hexadecimal', `${key.toString('hex')}\n`],
  ['base64', `${key.toString('base64')}\n`],
  ['base64url', key.toString('base64url')],
])('reads a key that is %s', (_, content) => {
  writeFileSync(file, content, { mode: 0o600 });
  expect(readMasterKey(file).equals(key)).toBe(true);
});

test('refuses a file that others may read, and names the fix', () => {
  writeFileSync(file, key, { mode: 0o600 });
  for (const mode of [0o640, 0o604, 0o602]) {
    chmodSync(file, mode);
    expect(() => readMasterKey(file)).toThrow(`chmod 600 ${file}`);
  }
  chmodSync(file, 0o400);
  expect(readMasterKey(file).equals(key)).toBe(true);
  chmodSync(file, 0o600);
});

test.each(['', 'too short', 'x'.repeat(64), 'é'.repeat(43)])('refuses %j without quoting it', (content) => {
  writeFileSync(file, content, { mode: 0o600 });
  expect(() => readMasterKey(file)).toThrow(MasterKeyUnusable);
  expect(() => readMasterKey(file)).toThrow('holds no key of 32 bytes');
});

test('names a file that is not there', () => {
  expect(() => readMasterKey(`${file}.gone`)).toThrow(`${file}.gone cannot be read (ENOENT)`);
});
