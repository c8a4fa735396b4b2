import { availableParallelism, loadavg } from 'node:os';

/**
 * What a limit of so many seconds of a free machine is on this one now: every process gets its share of the cores. On a
 * free machine it is the limit itself.
 */
export function busySeconds(seconds: number): number {
  const [lastMinute = 0] = loadavg();
  return seconds * Math.max(1, lastMinute / availableParallelism());
}
