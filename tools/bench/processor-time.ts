import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in ticks of 10 ms. */
const millisecondsPerTick = 10;

interface ProcessTimes {
  readonly parent: number;
  readonly own: number;
  /** Of children that have ended and were waited for. */
  readonly ended: number;
}

/** CPU milliseconds that a process and its children have used so far, user and system. */
export function processorTime(pid: number): number {
  const root = read(pid);
  if (!root) throw new Error(`There is no process ${pid}`);
  let ticks = root.own + root.ended;
  for (const name of readdirSync('/proc')) {
    const child = /^\d+$/.test(name) ? read(Number(name)) : undefined;
    if (child?.parent === pid) ticks += child.own + child.ended;
  }
  return ticks * millisecondsPerTick;
}

function read(pid: number): ProcessTimes | undefined {
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
  return { parent: at(4), own: at(14) + at(15), ended: at(16) + at(17) };
}
