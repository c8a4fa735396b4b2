import { processTimes } from './process-times.ts';

/** CPU milliseconds of a process without its children. */
export function ownProcessorTime(pid: number): number {
  const times = processTimes(pid);
  if (!times) throw new Error(`There is no process ${pid}`);
  return times.own;
}
