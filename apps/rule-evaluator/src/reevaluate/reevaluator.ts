import { classifyError } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { JobLoop, type JobStep, LOGGER, type Logger } from '@laurel/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ReevaluateStandings } from './reevaluate-standings.ts';
import { type Reevaluation, ReevaluationRepository } from './reevaluation.repository.ts';

/**
 * Works at the jobs, one chunk a transaction, in every replica. A job is locked only while a chunk of it is done, so one
 * whose worker dies is taken up by the next look of any other, after the last chunk that was committed.
 */
@Injectable()
export class Reevaluator implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop = new JobLoop(() => this.chunk());

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reevaluations: ReevaluationRepository,
    private readonly reevaluateStandings: ReevaluateStandings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** There may be a job. Cheap. */
  nudge(): void {
    this.loop.nudge();
  }

  /** Never throws: what fails is tried again, after the others where it is a bug. */
  private async chunk(): Promise<JobStep> {
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
}
