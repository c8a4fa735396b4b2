import { readdirSync } from 'node:fs';
import { processTimes } from './process-times.ts';

const EVERY_MS = 100;

/** CPU time of the descendants of a process, also of those that end meanwhile: each is looked at ten times a second. */
export class FamilyTime {
  private readonly seen = new Map<number, number>();
  private readonly timer = setInterval(() => this.look(), EVERY_MS);

  constructor(private readonly root: number) {
    this.look();
  }

  /** Of all descendants that were seen so far, user and system. */
  get milliseconds(): number {
    this.look();
    return [...this.seen.values()].reduce((sum, each) => sum + each, 0);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const all = new Map<number, NonNullable<ReturnType<typeof processTimes>>>();
    for (const name of readdirSync('/proc')) {
      const times = /^\d+$/.test(name) ? processTimes(Number(name)) : undefined;
      if (times) all.set(Number(name), times);
    }
    const family = [this.root];
    for (const member of family) for (const [child, { parent }] of all) if (parent === member) family.push(child);
    for (const pid of family.slice(1)) this.seen.set(pid, all.get(pid)?.own ?? 0);
  }
}
