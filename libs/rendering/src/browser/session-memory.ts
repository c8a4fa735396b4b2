import { readProcess } from './read-process.ts';
import { sessionMembers } from './session-members.ts';

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
    const status = readProcess(pid, 'status');
    // Which one that has ended no longer has.
    if (!status.includes('RssAnon:')) return [];
    const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
    return [{ pid, own: bytes('RssAnon'), shared: bytes('RssFile') + bytes('RssShmem') }];
  });
}
