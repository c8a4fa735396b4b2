import type { ProcessMemory } from './session-memory.ts';

/**
 * The resident bytes of a browser with all its processes, what they share counted once. The kernel knows the proportional sizes too, and takes 40 ms of CPU to count them,
 * in which the browser stands still; this is within a tenth of them.
 */
export function browserBytes(processes: readonly ProcessMemory[]): number {
  const shared = Math.max(0, ...processes.map((each) => each.shared));
  return processes.reduce((sum, { own }) => sum + own, shared);
}
