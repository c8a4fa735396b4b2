import { setTimeout as pause } from 'node:timers/promises';

/** What a step came to: its job has more to do, or is done; the outbox has to drain first; or there is no job. */
export type JobStep = 'more' | 'done' | 'full' | 'nothing';

/** Milliseconds between looks for jobs that nobody announced: those of a replica that is gone. */
const pollInterval = 1_000;
/** Milliseconds that a job waits for the relay. */
const drainInterval = 50;

/**
 * Works at jobs that are rows, one step after the other, in every replica: at once when one is announced, else it looks every second.
 *
 * The step answers for its own errors, as the work of `Rounds` does.
 */
export class JobLoop {
  private readonly ending = new AbortController();
  private working: Promise<void> | undefined;
  private wake: (() => void) | undefined;
  private nudged = false;

  constructor(private readonly step: () => Promise<JobStep>) {}

  /** Whether a step that has more to do should rather end. */
  get isEnding(): boolean {
    return this.ending.signal.aborted;
  }

  start(): void {
    this.working = this.work();
  }

  /** Begins no further step. @returns when the one that runs has ended */
  async stop(): Promise<void> {
    this.ending.abort();
    this.nudge();
    await this.working;
  }

  /** There may be a job. Cheap. */
  nudge(): void {
    this.nudged = true;
    this.wake?.();
  }

  private async work(): Promise<void> {
    while (!this.isEnding) {
      this.nudged = false;
      const result = await this.step();
      if (result === 'full') await this.idle(drainInterval, false);
      if (result === 'nothing') await this.idle(pollInterval, true);
    }
  }

  private async idle(milliseconds: number, untilNudged: boolean): Promise<void> {
    if (this.isEnding || (untilNudged && this.nudged)) return;
    const over = new AbortController();
    this.wake = () => {
      if (untilNudged || this.isEnding) over.abort();
    };
    await pause(milliseconds, undefined, { signal: over.signal }).catch((error: unknown) => {
      if (!over.signal.aborted) throw error;
    });
    this.wake = undefined;
  }
}
