import type { Messaging } from '@laurel/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import type { ServiceHealth } from '../health/service-health.ts';
import type { Logger } from '../logging/logger.token.ts';

/** What has to be shut down. */
export interface Running {
  readonly app: NestFastifyApplication;
  readonly health: ServiceHealth;
  readonly logger: Logger;
  readonly messaging?: Messaging;
  readonly dataSource?: DataSource;
}

const idleCheck = 50;

/**
 * Makes the function that shuts a service down, in an order that loses nothing: not ready any more; consumers finish their
 * slices while HTTP still answers; the relay sends what they wrote; requests in flight get their answers; then the pools.
 * A step that fails is logged and the others follow. Every call but the first gets the first one's promise.
 */
export function shutdown({ app, health, logger, messaging, dataSource }: Running): () => Promise<void> {
  const steps: readonly (readonly [string, () => Promise<void> | undefined])[] = [
    ['the consumers', () => messaging?.stopTaking()],
    ['the relay', () => messaging?.closeRelay()],
    ['HTTP', () => closeHttp(app)],
    ['the database pool', () => (dataSource?.isInitialized ? dataSource.destroy() : undefined)],
  ];
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= stop());

  async function stop(): Promise<void> {
    health.phase = 'stopping';
    const failures: unknown[] = [];
    for (const [part, close] of steps) {
      const begin = performance.now();
      try {
        await close();
        logger.debug({ part, ms: Math.round(performance.now() - begin) }, 'Closed');
      } catch (err) {
        failures.push(err);
        logger.error({ err, part }, 'A part did not close as it should');
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'The shutdown was not clean');
  }
}

/** Requests in flight end with `connection: close`; a kept connection without one has nothing to close it but this. */
async function closeHttp(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  const timer = setInterval(() => server.closeIdleConnections(), idleCheck);
  try {
    await app.close();
  } finally {
    clearInterval(timer);
  }
}
