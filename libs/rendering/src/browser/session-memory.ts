import { readdirSync, readFileSync } from 'node:fs';

/** The resident memory of one process, in bytes. */
export interface ProcessMemory {
  readonly pid: number;
  /** Of this process alone. */
  readonly own: number;
  /** Files and memory that it may share with others. */
  readonly shared: number;
}

/** What each process of the session that this one leads holds; empty where it has ended, or where there is no /proc. `members`, if they are known, spare a look at all processes. */
export function sessionMemory(leader: number, members = sessionMembers(leader)): ProcessMemory[] {
  return members.flatMap((pid) => {
    const status = read(`/proc/${pid}/status`);
    // Which one that has ended no longer has.
    if (!status.includes('RssAnon:')) return [];
    const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
    return [{ pid, own: bytes('RssAnon'), shared: bytes('RssFile') + bytes('RssShmem') }];
  });
}

/** The processes of the session that this one leads: some milliseconds of work. */
export function sessionMembers(leader: number): number[] {
  const numbers = read(`/proc/${leader}/stat`) === '' ? [] : readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return numbers.map(Number).filter((pid) => {
    // proc_pid_stat(5): the name in brackets may hold spaces; the session is field 6.
    const stat = read(`/proc/${pid}/stat`);
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]) === leader;
  });
}

/** Of a file of /proc; nothing where the process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
