import { readdirSync, readFileSync } from 'node:fs';
import { processTimes } from './process-times.ts';

/** Megabytes that a process and its descendants hold, what several share counted once (`Pss` of proc_pid_smaps(5)). */
export function residentMemory(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const times = /^\d+$/.test(name) ? processTimes(Number(name)) : undefined;
    if (times) parents.set(Number(name), times.parent);
  }
  const family = [pid];
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family.reduce((sum, one) => sum + share(one), 0) / 1_024;
}

/** Kilobytes; 0 of a process that has ended meanwhile. */
function share(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return 0;
    throw error;
  }
}
