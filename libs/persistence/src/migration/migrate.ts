import pg from 'pg';
import type { DataSource } from 'typeorm';

/** Advisory locks are per database, so one number serves every service. */
const migrationLock = 7_291_846;

/**
 * Runs what is pending of the data source's migrations, one runner at a time: whoever comes second waits, and finds
 * nothing to do. The data source is initialised by it where it is not.
 *
 * @returns the names of the migrations that ran
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  // A session of its own holds the lock and gives it back by ending: TypeORM chooses its sessions itself.
  const holder = new pg.Client({ connectionString: (dataSource.options as { url?: string }).url });
  await holder.connect();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    if (!dataSource.isInitialized) await dataSource.initialize();
    const ran = await dataSource.runMigrations();
    return ran.map(({ name }) => name);
  } finally {
    await holder.end();
  }
}
