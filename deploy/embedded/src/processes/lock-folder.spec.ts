import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockFolder } from './lock-folder.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const folder = temporaryFolder;

it('refuses a folder whose holder lives, and names it', () => {
  const data = folder();
  const unlock = lockFolder(data);
  expect(() => lockFolder(data)).toThrow(`pid ${process.pid}`);
  unlock();
  expect(existsSync(join(data, 'lock.json'))).toBe(false);
});

it('takes over a lock whose pid belongs to somebody else by now', () => {
  const data = folder();
  writeFileSync(join(data, 'lock.json'), JSON.stringify({ pid: process.pid, startTime: 'another boot:1' }));
  lockFolder(data)();
});

it('takes over a lock that was never written to its end', () => {
  const data = folder();
  writeFileSync(join(data, 'lock.json'), '{"pid":');
  lockFolder(data)();
});
