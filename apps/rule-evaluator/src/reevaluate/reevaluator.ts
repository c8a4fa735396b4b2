import { setTimeout as pause } from 'node:timers/promises';
import { classifyError } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { LOGGER, type Logger } from '@laurel/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ReevaluateStandings } from './reevaluate-standings.ts';
import { type Reevaluation, ReevaluationRepository } from './reevaluation.repository.ts';

/** Milliseconds between looks for jobs that nobody announced: those of a replica that is gone. */
const pollInterval = 1_000;
/** Milliseconds that a job waits for the relay. */
const drainInterval = 50;

/**
 * Works at the jobs, one chunk a transaction, in every replica. A job is locked only while a chunk of it is done, so one
 * whose worker dies is taken up by the next look of any other, after the last chunk that was committed.
 */
@Injectable()
export class Reevaluator implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ending = new AbortController();
  private working: Promise<void> | undefined;
  private wake: (() => void) | undefined;
  private nudged = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reevaluations: ReevaluationRepository,
    private readonly reevaluateStandings: ReevaluateStandings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.working = this.work();
  }

  async onApplicationShutdown(): Promise<void> {
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
    while (!this.ending.signal.aborted) {
      this.nudged = false;
      const result = await this.chunk();
      if (result === 'full') await this.idle(drainInterval, false);
      if (result === 'nothing') await this.idle(pollInterval, true);
    }
  }

  /** Never throws: what fails is tried again, after the others where it is a bug. */
  private async chunk(): Promise<'done' | 'more' | 'full' | 'nothing'> {
    let job: Reevaluation | undefined;
    try {
      return await this.unitOfWork.run(async (transaction) => {
        job = await this.reevaluations.take(transaction);
        return job ? this.reevaluateStandings.run(transaction, job) : 'nothing';
      });
    } catch (error) {
      const verdict = classifyError(error);
      const isOutage = verdict.class === 'transient';
      this.logger[isOutage ? 'warn' : 'error']({ reason: verdict.reason }, 'A re-evaluation failed; it is tried again');
      if (job && !isOutage) await this.postpone(job);
      return 'nothing';
    }
  }

  private async postpone(job: Reevaluation): Promise<void> {
    try {
      await this.reevaluations.postpone(job);
    } catch (error) {
      this.logger.warn({ reason: classifyError(error).reason }, 'A re-evaluation could not be postponed');
    }
  }

  private async idle(milliseconds: number, untilNudged: boolean): Promise<void> {
    if (this.ending.signal.aborted || (untilNudged && this.nudged)) return;
    const over = new AbortController();
    this.wake = () => {
      if (untilNudged || this.ending.signal.aborted) over.abort();
    };
    await pause(milliseconds, undefined, { signal: over.signal }).catch((error: unknown) => {
      if (!over.signal.aborted) throw error;
    });
    this.wake = undefined;
  }
}
