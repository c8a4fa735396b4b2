import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { processCommand } from './process-command.ts';
import { processStartTime } from './process-start-time.ts';

const holder = z.object({ pid: z.number(), startTime: z.string().optional() });

/**
 * Claims a folder for this process and gives the way to let it go. A lock whose holder was killed is taken over. Throws a
 * Failure that names the holder where it lives.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const file = join(folder, 'lock.json');
  const mine = JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid) });
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const { pid, startTime } = read(file);
    if (startTime !== undefined && processStartTime(pid) === startTime) {
      throw new Failure(
        `The data in ${folder} are in use by a Laurel that runs: pid ${pid} (${processCommand(pid) ?? 'unknown command'}).`,
        `Stop it with Ctrl-C in its terminal, or: kill ${pid}`,
      );
    }
    rmSync(file, { force: true });
  }
}

// What cannot be read was being written by a process that was killed.
function read(file: string): z.infer<typeof holder> {
  try {
    return holder.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { pid: 0 };
  }
}
