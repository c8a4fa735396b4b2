import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Secrets } from './secrets.ts';

it('keeps a secret for its owner alone', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'laurel-secrets-')), 'secrets.json');
  const secret = new Secrets(file).of('role lms');
  expect(secret).toHaveLength(32);
  expect(new Secrets(file).of('role lms')).toBe(secret);
  expect(new Secrets(file).of('role rules')).not.toBe(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
