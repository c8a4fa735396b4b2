import { setTimeout as pause } from 'node:timers/promises';
import type { Part } from './part.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
// Who has run so long has recovered: its next end is a new story.
const STEADY_MS = 60_000;

/**
 * Keeps one process running: starts it again when it ends, after a pause that doubles from half a second to half a minute, and
 * says so.
 */
export class Keeper {
  readonly name: string;
  private readonly start: (again: boolean) => Promise<Part>;
  private readonly say: (line: string) => void;
  private readonly stopping = new AbortController();
  private part: Part | undefined;
  private watching: Promise<void> = Promise.resolve();

  /** `start` rejects when the process does not come up; `again` is false only for the first call, whose error stops everything. */
  constructor(name: string, start: (again: boolean) => Promise<Part>, say: (line: string) => void) {
    this.name = name;
    this.start = start;
    this.say = say;
  }

  get pid(): number | undefined {
    return this.part?.pid;
  }

  /** The first start: rejects with its error, and then keeps nothing. */
  async begin(): Promise<void> {
    this.part = await this.start(false);
    this.watching = this.watch(this.part);
  }

  /**
   * Ends the process and keeps it no longer. One that is just coming up is not waited for: only its record tells of it, and
   * whoever stops the stack ends it by that (stop-leftovers.ts).
   */
  async stop(): Promise<void> {
    this.stopping.abort();
    if (this.part === undefined) return;
    await this.part.stop();
    await this.watching;
  }

  private async watch(first: Part): Promise<void> {
    const { signal } = this.stopping;
    let part: Part | undefined = first;
    let pauseMs = FIRST_PAUSE_MS;
    let since = performance.now();
    let how = '';
    while (!signal.aborted) {
      if (part !== undefined) {
        how = `ended (${await part.exited})`;
        this.part = undefined;
        if (performance.now() - since > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
      }
      if (signal.aborted) return;
      this.say(`${this.name} ${how}; starting it again in ${pauseMs / 1000} s`);
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      since = performance.now();
      try {
        part = await this.start(true);
        this.part = part;
        this.say(
          `${this.name} is back as pid ${part.pid}, ${((performance.now() - since) / 1000).toFixed(1)} s after its start`,
        );
      } catch (error) {
        part = undefined;
        how = `did not come up: ${(error as Error).message}`;
      }
      // Stopped while it came up.
      if (signal.aborted) await part?.stop();
    }
  }
}
