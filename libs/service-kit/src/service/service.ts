import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from '../logging/logger.token.ts';

/** A service that has been put together. */
export interface Service {
  readonly app: NestFastifyApplication;
  readonly logger: Logger;
  /** Listens on HTTP, starts consumers and relay, then becomes ready. Answers where it listens, such as `http://127.0.0.1:3000`. */
  start(): Promise<string>;
  /** Shuts down in the right order; calls after the first share its promise. Rejects when a step failed, after the last step. */
  stop(): Promise<void>;
}
