import { readdirSync } from 'node:fs';
import { type ProcessTimes, processTimes } from './process-times.ts';

/** CPU milliseconds that a process and all its descendants have used so far, user and system. */
export function processorTime(pid: number): number {
  const all = new Map<number, ProcessTimes>();
  for (const name of readdirSync('/proc')) {
    const times = /^\d+$/.test(name) ? processTimes(Number(name)) : undefined;
    if (times) all.set(Number(name), times);
  }
  if (!all.has(pid)) throw new Error(`There is no process ${pid}`);
  const family = [pid];
  for (const member of family) for (const [child, { parent }] of all) if (parent === member) family.push(child);
  return family.reduce((sum, one) => sum + (all.get(one)?.own ?? 0) + (all.get(one)?.ended ?? 0), 0);
}
