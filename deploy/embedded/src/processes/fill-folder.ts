import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { processStartTime } from './process-start-time.ts';

/**
 * Makes a folder in one step: `fill` gets another one beside it, which takes its place when it is done. So a folder that stands
 * is complete, whatever was killed meanwhile, and of several processes that make it at once the first one wins.
 */
export async function fillFolder(folder: string, fill: (next: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  mkdirSync(dirname(folder), { recursive: true });
  // What a killed process had begun.
  for (const name of readdirSync(dirname(folder))) {
    const [, made, pid] = /^(.*)\.(\d+)\.new$/.exec(name) ?? [];
    if (made === basename(folder) && processStartTime(Number(pid)) === undefined) {
      rmSync(join(dirname(folder), name), { recursive: true, force: true });
    }
  }
  const next = `${folder}.${process.pid}.new`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next);
  try {
    await fill(next);
    renameSync(next, folder);
  } catch (error) {
    rmSync(next, { recursive: true, force: true });
    // Where it stands now, another process was faster.
    if (!existsSync(folder)) throw error;
  }
}
