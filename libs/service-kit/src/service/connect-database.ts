import { setTimeout as pause } from 'node:timers/promises';
import { classifyError } from '@laurel/messaging';
import type { DataSource } from 'typeorm';
import type { Logger } from '../logging/logger.token.ts';

// A wrong role, password or database name: an outage to a consumer that has run for weeks, a mistake to one that starts.
const refused = /^(28...|3D000)$/;

/**
 * Opens the pool. A database that is away is waited for, with one line in the log when the wait begins and one when it ends:
 * a service that is started in an outage has to be back as soon as the others are. Rejects at once when the
 * database answers and refuses, and after `patience` milliseconds.
 */
export async function connectDatabase(dataSource: DataSource, logger: Logger, patience = Infinity): Promise<void> {
  const begin = performance.now();
  for (let tries = 0; ; tries += 1) {
    try {
      await dataSource.initialize();
      if (tries > 0) logger.info({ waitedMs: Math.round(performance.now() - begin) }, 'The database answers');
      return;
    } catch (cause) {
      const { class: kind, reason } = classifyError(cause);
      if (kind !== 'transient' || refused.test(reason) || performance.now() - begin > patience) {
        throw new Error(
          `DATABASE_URL cannot be used (${reason}): is the server there, and do role, password and database exist?`,
          { cause },
        );
      }
      if (tries === 0) logger.warn({ reason }, 'The database does not answer; waiting for it');
      await pause(250);
    }
  }
}
