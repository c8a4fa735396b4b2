import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '../logging/logger.token.ts';
import type { Idempotency } from './idempotency.ts';

const every = 600_000;

/** Prunes idempotency keys every ten minutes, in every replica: they pass over each other's rows. */
export class IdempotencyPruner implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly idempotency: Idempotency,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.prune(), every).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async prune(): Promise<void> {
    try {
      let deleted = 0;
      for (let last = -1; last !== 0; deleted += last) last = await this.idempotency.prune();
      if (deleted > 0) this.logger.debug({ deleted }, 'Old idempotency keys were deleted');
    } catch (err) {
      this.logger.warn({ err }, 'Old idempotency keys could not be deleted; the next try is in ten minutes');
    }
  }
}
