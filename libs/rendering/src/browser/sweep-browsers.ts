import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserFolder } from './browser-folder.ts';
import type { RendererLog } from './browser-options.ts';
import { endNow } from './end-now.ts';
import { processMark } from './process-mark.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

interface Users {
  readonly host: string;
  readonly service?: string;
  readonly browser?: string;
}

/** Ends the browsers and takes away the folders of services that were killed; those of services that live, of other hosts and of other accounts stay. */
export function sweepBrowsers(log: RendererLog): void {
  const here = processMark(process.pid);
  // Without /proc nobody can tell who lives.
  if (here === undefined) return;
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(BrowserFolder.prefix)) continue;
    const folder = join(tmpdir(), name);
    try {
      const { uid, mtimeMs } = lstatSync(folder);
      if (uid !== process.getuid?.()) continue;
      const users = usersOf(folder);
      if (!isLeft(users, here, Date.now() - mtimeMs)) continue;
      const pid = Number(users?.browser?.split(' ')[2]);
      if (users?.browser !== undefined && processMark(pid) === users.browser) endNow({ group: pid });
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
      log.info({ folder }, 'took away what a killed service left of its browser');
    } catch (error) {
      // Another service that starts now may have been faster.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        log.warn({ folder, err: error }, 'the folder of a browser that is gone cannot be taken away');
    }
  }
}

function usersOf(folder: string): Users | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'users.json'), 'utf8')) as Users;
  } catch (error) {
    // A service was killed before or while it wrote this.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isLeft(users: Users | undefined, here: string, ageMs: number): boolean {
  if (users?.service === undefined) return ageMs > DAY_MS;
  if (users.host !== hostname()) return false;
  const [boot, namespace, pid] = users.service.split(' ');
  const [bootHere, namespaceHere] = here.split(' ');
  if (boot !== bootHere) return true;
  if (namespace === namespaceHere) return processMark(Number(pid)) !== users.service;
  // Another container, or an earlier life of this one: its processes cannot be seen from here.
  return ageMs > DAY_MS;
}
