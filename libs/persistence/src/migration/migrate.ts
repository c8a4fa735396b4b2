import pg from 'pg';
import { type DataSource, MigrationExecutor } from 'typeorm';

/** Advisory locks are per database, so one number serves every service. */
const migrationLock = 7_291_846;

/**
 * Runs what is pending of the data source's migrations, one runner at a time: whoever comes second waits, and finds
 * nothing to do. A statement may take as long as it needs, a lock may not: while it waits, everyone queues behind it.
 * The data source is initialised by it where it is not.
 *
 * @returns the names of the migrations that ran
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  // A session of its own holds the lock and gives it back by ending: TypeORM chooses its sessions itself.
  const holder = new pg.Client({ connectionString: (dataSource.options as { url?: string }).url });
  // It stands idle while the migrations run; without a listener its death would be that of the process.
  holder.on('error', () => undefined);
  await holder.connect();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    if (!dataSource.isInitialized) await dataSource.initialize();
    return await runPending(dataSource);
  } finally {
    await holder.end();
  }
}

async function runPending(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SET statement_timeout = 0');
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    const ran = await executor.executePendingMigrations();
    await runner.query('RESET statement_timeout');
    return ran.map(({ name }) => name);
  } finally {
    await runner.release();
  }
}
