import type { EntityManager } from 'typeorm';

/** One database transaction that a use case, its outbox rows and its inbox rows share. */
export interface Transaction {
  readonly manager: EntityManager;
  /** Runs SQL inside the transaction. `INSERT … RETURNING` gives rows too. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /**
   * Runs a part that may fail by itself: what it throws undoes all that it did (a savepoint), its `afterCommit` too, and the transaction goes on.
   * One part at a time; a part within a part is undone with it.
   */
  attempt<Result>(part: () => Promise<Result>): Promise<Result>;
  /** Runs once, after COMMIT has been answered; never after a rollback. It must not throw. */
  afterCommit(callback: () => void): void;
}
