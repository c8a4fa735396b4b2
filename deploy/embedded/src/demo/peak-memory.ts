import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 1_000;

/** Samples what this process and all that it started hold in memory: the sum of their proportional set sizes. */
export class PeakMemory {
  private peak = 0;
  private readonly timer = setInterval(() => this.sample(), EVERY_MS);

  constructor() {
    this.timer.unref();
    this.sample();
  }

  /** Bytes; 0 where the system does not tell. */
  get bytes(): number {
    return this.peak;
  }

  private sample(): void {
    try {
      this.peak = Math.max(
        this.peak,
        family(process.pid).reduce((sum, pid) => sum + proportionalSetSize(pid), 0),
      );
    } catch {
      // Systems without /proc: the figure stays out of what is printed.
      clearInterval(this.timer);
    }
  }
}

/** A process and all its descendants, by parent. */
function family(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    const parent = Number.isInteger(pid) ? parentOf(pid) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

function parentOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === '' ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function proportionalSetSize(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

/** A process may end while it is looked at, or belong to another user. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
