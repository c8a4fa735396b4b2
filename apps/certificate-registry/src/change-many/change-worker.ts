import { classifyError } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { JobLoop, type JobStep, LOGGER, type Logger } from '@laurel/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ChangeJob } from './change-job.ts';
import { ChangeJobRepository } from './change-job.repository.ts';
import { RunChangeJob } from './run-change-job.ts';

/** Milliseconds. */
const pruneInterval = 3_600_000;

/**
 * Works at the jobs, one step a transaction, in every replica. A job is locked only while a step of it is done, so one whose
 * worker dies is taken up by the next look of any other, after the last step that was committed.
 */
@Injectable()
export class ChangeWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop = new JobLoop(() => this.turn());
  private pruneAt = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: ChangeJobRepository,
    private readonly runChangeJob: RunChangeJob,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  /** There may be a job. Cheap. */
  nudge(): void {
    this.loop.nudge();
  }

  private async turn(): Promise<JobStep> {
    const result = await this.step();
    if (result === 'nothing') await this.prune();
    return result;
  }

  /** Never throws: what fails is tried again, after the others where it is a bug. */
  private async step(): Promise<JobStep> {
    let job: ChangeJob | undefined;
    try {
      return await this.unitOfWork.run(async (transaction) => {
        job = await this.jobs.take(transaction);
        return job ? this.runChangeJob.run(transaction, job) : 'nothing';
      });
    } catch (error) {
      const { class: kind, reason } = classifyError(error);
      const isOutage = kind === 'transient';
      this.logger[isOutage ? 'warn' : 'error']({ reason }, 'A step of a change of many failed; it is tried again');
      if (job && !isOutage) await this.postpone(job, reason);
      return 'nothing';
    }
  }

  private async postpone(job: ChangeJob, reason: string): Promise<void> {
    try {
      await this.jobs.postpone(job, reason);
    } catch (error) {
      this.logger.warn({ reason: classifyError(error).reason }, 'A change of many could not be postponed');
    }
  }

  private async prune(): Promise<void> {
    if (Date.now() < this.pruneAt) return;
    this.pruneAt = Date.now() + pruneInterval;
    try {
      while (!this.loop.isEnding && (await this.unitOfWork.run((transaction) => this.jobs.prune(transaction))));
    } catch (error) {
      const { reason } = classifyError(error);
      this.logger.warn({ reason }, 'Old changes of many could not be deleted; it is tried again in an hour');
    }
  }
}
