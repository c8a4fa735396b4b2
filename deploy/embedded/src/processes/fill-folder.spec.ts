import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fillFolder } from './fill-folder.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-fill-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const place = () => join(temporaryFolder(), 'jars');
const write = (text: string) => (next: string) => Promise.resolve(writeFileSync(join(next, 'a'), text));

it('fills a folder once', async () => {
  const folder = place();
  await fillFolder(folder, write('first'));
  await fillFolder(folder, write('second'));
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('first');
});

it('leaves nothing of a fill that failed, or of a process that was killed', async () => {
  const folder = place();
  mkdirSync(`${folder}.999999999.new`);
  await expect(fillFolder(folder, () => Promise.reject(new Error('no way to Maven')))).rejects.toThrow(
    'no way to Maven',
  );
  expect(existsSync(folder)).toBe(false);
  expect(readdirSync(join(folder, '..'))).toEqual([]);
});

it('takes what another process has made meanwhile', async () => {
  const folder = place();
  await fillFolder(folder, async (next) => {
    writeFileSync(join(next, 'a'), 'mine');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a'), 'theirs');
    return Promise.resolve();
  });
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('theirs');
});
