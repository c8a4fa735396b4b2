import { createDataSource, migrate } from '@laurel/persistence';
import { createLogger } from '../logging/create-logger.ts';
import { baseSettings } from '../settings/base-settings.ts';
import { databaseSettings } from '../settings/database-settings.ts';
import type { Environment } from '../settings/environment.ts';
import { parseSettings } from '../settings/parse-settings.ts';
import { connectDatabase } from '../service/connect-database.ts';
import type { ServiceDefinition } from '../service/service-definition.ts';

const patience = 60_000;
const needed = baseSettings.pick({ LOG_LEVEL: true }).extend(databaseSettings.pick({ DATABASE_URL: true }).shape);

/**
 * Runs the pending migrations of a service and answers their names. Runners that come at once wait for each other. It needs
 * DATABASE_URL alone, and waits up to a minute for the database. Throws when the service has none.
 */
export async function migrateDatabase(
  { name, database }: ServiceDefinition,
  environment: Environment,
): Promise<string[]> {
  if (!database) throw new Error(`${name} has no database, so there is nothing to migrate.`);
  const { LOG_LEVEL, DATABASE_URL } = parseSettings(needed, environment);
  const logger = createLogger({ app: name, level: LOG_LEVEL });
  const dataSource = createDataSource({
    url: DATABASE_URL,
    applicationName: `${name} migrate`,
    migrations: [...database.migrations],
    poolSize: 2,
    log: logger,
  });
  await connectDatabase(dataSource, logger, patience);
  try {
    const ran = await migrate(dataSource);
    logger.info({ ran }, ran.length === 0 ? 'Nothing to migrate' : 'Migrated');
    return ran;
  } finally {
    await dataSource.destroy();
  }
}
