import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.token.ts';

// Nest tells at `log` level what it maps and initialises: of use when something is missing, else noise.
const wordy = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
]);

/** Nest's logger, written by ours. The last string among the parameters is the context, as Nest passes it. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(wordy.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.findLast((part) => typeof part === 'string' && !part.includes('\n'));
    const err = [message, ...rest].find((part) => part instanceof Error);
    this.logger[level](
      { ...(context === undefined ? {} : { context }), ...(err ? { err } : {}) },
      err ? err.message : String(message),
    );
  }
}
