import { readFileSync } from 'node:fs';

/** Linux counts in ticks of 10 ms. */
const millisecondsPerTick = 10;

/** CPU milliseconds of one process. */
export interface ProcessTimes {
  readonly parent: number;
  readonly own: number;
  /** Of children that have ended and were waited for. */
  readonly ended: number;
}

/** What Linux says of a process; undefined where there is none. */
export function processTimes(pid: number): ProcessTimes | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    // A process that ended between the listing and the look.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH')
      return undefined;
    throw error;
  }
  // proc_pid_stat(5); the name in brackets may hold spaces. Field 4 is the parent, 14 to 17 are the times.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (field: number) => fields[field - 3] ?? 0;
  const milliseconds = (...numbers: number[]) =>
    numbers.reduce((sum, field) => sum + at(field), 0) * millisecondsPerTick;
  return { parent: at(4), own: milliseconds(14, 15), ended: milliseconds(16, 17) };
}
