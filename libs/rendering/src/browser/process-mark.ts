import { readFileSync, readlinkSync } from 'node:fs';

const GONE = ['ENOENT', 'ESRCH'];

/** Tells a process from every other one, also from a later one with the same number: boot, namespace, number and instant of its start; undefined where there is none. */
export function processMark(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    // proc_pid_stat(5): the name in brackets may hold spaces; the start is field 22.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return `${boot} ${readlinkSync('/proc/self/ns/pid')} ${pid} ${fields[19]}`;
  } catch (error) {
    if (GONE.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
