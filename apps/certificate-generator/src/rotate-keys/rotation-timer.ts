import { LOGGER, type Logger, Rounds } from '@laurel/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RotateKeys } from './rotate-keys.ts';

/** Somebody may be waiting for a rotation that was asked for; a look is one query over the newest keys. */
const every = 5_000;

/** Looks for keys that are due, in every generator: under the lock of the issuer one of them makes the successor. */
@Injectable()
export class RotationTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = new Rounds(every, () => this.rotate());

  constructor(
    private readonly rotateKeys: RotateKeys,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }

  private async rotate(): Promise<void> {
    try {
      while (!this.rounds.isEnding) {
        const made = await this.rotateKeys.step(new Date());
        if (made.length === 0) return;
        for (const { issuerId, purpose, kid, activeFrom } of made) {
          this.logger.info({ issuerId, purpose, kid, activeFrom }, 'A key has a successor, which is published now');
        }
      }
    } catch (err) {
      this.logger.warn({ err }, 'Keys could not be rotated; the next look is in five seconds');
    }
  }
}
