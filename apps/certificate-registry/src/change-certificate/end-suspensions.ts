import { endSuspensions } from '@laurel/certificates';
import { classifyError, Outbox } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { LOGGER, type Logger, Rounds } from '@laurel/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { waitingInOutbox } from '../change-many/waiting-in-outbox.ts';

/** Milliseconds between two looks. */
const every = 1_000;
/** Events that may wait before this adds more, and certificates of one step. */
const mostAhead = 1_000;
/** Any number that no other advisory lock of this database has. */
const lock = 7_713_000_072;

/**
 * Reinstates what was suspended until an instant that has come, one replica at a time. The verify page does not wait for it: it
 * reads the instant.
 */
@Injectable()
export class EndSuspensions implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = new Rounds(every, () => this.run());

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }

  private async run(): Promise<void> {
    try {
      while (!this.rounds.isEnding && (await this.step()) > 0);
    } catch (error) {
      const { reason } = classifyError(error);
      this.logger.warn({ reason }, 'Suspensions that have ended could not be told; the next look is in a second');
    }
  }

  private step(): Promise<number> {
    return this.unitOfWork.run(async (transaction) => {
      const [row] = await transaction.query<{ taken: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS taken', [
        lock,
      ]);
      if (!row?.taken) return 0;
      const limit = mostAhead - (await waitingInOutbox(transaction, mostAhead));
      if (limit === 0) return 0;
      return endSuspensions(transaction, this.outbox, { actor: 'certificate-registry', limit });
    });
  }
}
