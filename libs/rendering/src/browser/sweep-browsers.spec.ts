import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BrowserFolder } from './browser-folder.ts';
import { processMark } from './process-mark.ts';
import { sweepBrowsers } from './sweep-browsers.ts';

const quiet = { info: () => undefined, warn: () => undefined };
const here = processMark(process.pid) ?? '';
const [boot = '', space = '', pid = '', began = ''] = here.split(' ');
const made: string[] = [];

function folder(users: object | undefined, hours = 0): string {
  const path = mkdtempSync(join(tmpdir(), BrowserFolder.prefix));
  made.push(path);
  if (users !== undefined) writeFileSync(join(path, 'users.json'), JSON.stringify(users));
  const at = Date.now() / 1000 - hours * 3600;
  utimesSync(path, at, at);
  return path;
}

describe('the folders that killed services leave', () => {
  afterEach(() => {
    for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
  });

  it('go when their service is gone for certain, or for a day where nobody can tell', () => {
    const host = hostname();
    const gone = [
      folder({ host, service: `an-earlier-boot ${space} ${pid} ${began}` }),
      // The number is ours, and the process that had it was another one.
      folder({ host, service: `${boot} ${space} ${pid} 1` }),
      folder({ host, service: `${boot} another-namespace ${pid} ${began}` }, 25),
      folder(undefined, 25),
    ];
    const kept = [
      folder({ host, service: here }, 99),
      folder({ host: 'another.example', service: 'its-boot space 1 1' }, 99),
      folder({ host, service: `${boot} another-namespace ${pid} ${began}` }, 1),
      folder(undefined, 1),
    ];
    sweepBrowsers(quiet);
    expect(gone.map(existsSync)).toEqual([false, false, false, false]);
    expect(kept.map(existsSync)).toEqual([true, true, true, true]);
  });

  it('tell a process from one that has its number later', () => {
    expect(processMark(process.pid)).toBe(here);
    expect(processMark(process.ppid)).not.toBe(here);
    expect(processMark(2 ** 22 + 1)).toBeUndefined();
  });
});
