import pg from 'pg';

/**
 * A client whose death never ends the process. PostgreSQL may say that it ends in the very packet that completes a
 * connection or a query: then the pool has taken its listener off, TypeORM has not put its own on yet, and Node ends a
 * process at an `error` that nobody hears. Whoever uses the client next is told, and waits or takes another one.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    // Nothing is hidden: the client refuses its next query, and the pool and TypeORM have listeners of their own.
    this.on('error', () => undefined);
  }
}
