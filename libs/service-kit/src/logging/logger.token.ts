import type { Logger as PinoLogger } from 'pino';

/** Injects the service's logger: `@Inject(LOGGER) logger: Logger`. Message second, fields first: `logger.info({ topic }, 'text')`. */
export const LOGGER = Symbol('laurel.logger');

/** Writes one JSON object per line; the event, tenant, trace and correlation ids are added by themselves. */
export type Logger = PinoLogger;
