import { readdirSync } from 'node:fs';
import { readProcess } from './read-process.ts';

/** The processes of the session that this one leads, without those that have ended: some milliseconds of work. */
export function sessionMembers(leader: number): number[] {
  const numbers = readProcess(leader, 'stat') === '' ? [] : readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return numbers.map(Number).filter((pid) => {
    // proc_pid_stat(5): the name in brackets may hold spaces; the session is field 6.
    const stat = readProcess(pid, 'stat');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]) === leader;
  });
}
