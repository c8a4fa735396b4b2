import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

/**
 * Begins to watch how busy the machine is. What it gives tells, of something that began now and has just ended, what its limit of so many seconds of a free
 * machine is on this one: longer by the time in which somebody had to wait for a core, or by the share of the cores that each process got, whichever is more.
 */
export function watchMachine(): (seconds: number) => number {
  const [began, [load = 0]] = [secondsWaited(), loadavg()];
  return (seconds) => {
    const [lastMinute = 0] = loadavg();
    const share = Math.max(load, lastMinute) / availableParallelism();
    return Math.max(seconds * Math.max(1, share), seconds + secondsWaited() - began);
  };
}

/** So long somebody has waited for a core since the machine started (Linux, `some` of /proc/pressure/cpu); 0 where the kernel does not count it. */
function secondsWaited(): number {
  try {
    const total = /^some .*total=(\d+)/m.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1];
    return Number(total ?? 0) / 1_000_000;
  } catch (error) {
    if (['ENOENT', 'EOPNOTSUPP', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return 0;
    throw error;
  }
}
