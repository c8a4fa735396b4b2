import { LOGGER, type Logger, Rounds } from '@laurel/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SweepObjects } from './sweep-objects.ts';

const every = 600_000;
/** Pages of one round: with two hundred objects each, some seconds of work every ten minutes, six million objects a day. */
const most = 200;

/** Sweeps orphaned objects in rounds, beside the certificates that are made. */
@Injectable()
export class SweepTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = new Rounds(every, () => this.sweep());

  constructor(
    private readonly sweepObjects: SweepObjects,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }

  private async sweep(): Promise<void> {
    try {
      for (let page = 0; page < most && !this.rounds.isEnding; page++) {
        const step = await this.sweepObjects.step(new Date());
        if (!step) return;
        const { tenantId, day, seen, deleted } = step;
        if (deleted > 0) this.logger.info({ tenantId, day, seen, deleted }, 'Orphaned objects were deleted');
      }
    } catch (err) {
      this.logger.warn({ err }, 'Orphaned objects could not be swept; the next round is in ten minutes');
    }
  }
}
