import { DataSource, type MixedList } from 'typeorm';
import { sessionTimeouts } from './session-timeouts.ts';
import { SteadyClient } from './steady-client.ts';

/** Where a warning of the pool goes; a pino logger fits. */
export interface ConnectionLog {
  warn(fields: object, message: string): void;
}

export interface DataSourceOptions {
  /** `postgres://role:password@host:port/database` */
  readonly url: string;
  /** Shown by PostgreSQL for each session: which service, and which process of it. */
  readonly applicationName: string;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type of a class
  readonly entities?: MixedList<Function>;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type of a class
  readonly migrations?: MixedList<Function>;
  /** Connections of this process at most. The sum over all replicas must fit PostgreSQL's `max_connections`. */
  readonly poolSize?: number;
  readonly log: ConnectionLog;
}

/**
 * A TypeORM data source for one service's database, not yet initialised. Every session has the timeouts, and a
 * connection that dies, at whatever moment, is not the end of the process.
 */
export function createDataSource(options: DataSourceOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: options.applicationName,
    entities: options.entities ?? [],
    migrations: options.migrations ?? [],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    poolSize: options.poolSize ?? 5,
    connectTimeoutMS: 2_000,
    poolErrorHandler: (error: Error) =>
      options.log.warn(
        { error: error.name, code: (error as { code?: string }).code },
        'A database connection was lost',
      ),
    extra: { Client: SteadyClient, ...sessionTimeouts, keepAlive: true, idleTimeoutMillis: 30_000 },
  });
}
