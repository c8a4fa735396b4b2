import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Secrets } from './secrets.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('keeps a secret for its owner alone', () => {
  const file = join(temporaryFolder(), 'secrets.json');
  const secret = new Secrets(file).of('role lms');
  expect(secret).toHaveLength(32);
  expect(new Secrets(file).of('role lms')).toBe(secret);
  expect(new Secrets(file).of('role rules')).not.toBe(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
