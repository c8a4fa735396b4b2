import { readFileSync } from 'node:fs';
import { sessionMemory } from './session-memory.ts';

/**
 * The resident bytes of a browser with all its processes, what they share counted once: their proportional set sizes, or, where this process may not ask for
 * those, an estimate that is not above them by more than what differs in their shared parts.
 */
export function browserBytes(leader: number): number {
  const processes = sessionMemory(leader);
  const proportional = processes.map(({ pid }) => proportionalBytes(pid));
  const known = proportional.filter((bytes) => bytes !== undefined);
  if (known.length === processes.length) return known.reduce((sum, bytes) => sum + bytes, 0);
  const shared = Math.max(0, ...processes.map((each) => each.shared));
  return processes.reduce((sum, { own }) => sum + own, shared);
}

function proportionalBytes(pid: number): number | undefined {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch (error) {
    // Another account's, a process in its sandbox, an old kernel; or it ended.
    if (['EACCES', 'EPERM', 'ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
