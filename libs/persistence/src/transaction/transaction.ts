import type { EntityManager } from 'typeorm';

/** One database transaction that a use case, its outbox rows and its inbox rows share. */
export interface Transaction {
  readonly manager: EntityManager;
  /** Runs SQL inside the transaction. `INSERT … RETURNING` gives rows too. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs once, after COMMIT has been answered; never after a rollback. It must not throw. */
  afterCommit(callback: () => void): void;
}
