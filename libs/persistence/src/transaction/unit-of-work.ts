import type { DataSource, EntityManager } from 'typeorm';
import type { Transaction } from './transaction.ts';

/** Opens the transactions of one data source. */
export class UnitOfWork {
  constructor(readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction (READ COMMITTED, PostgreSQL's default): commits what it returns from, rolls back what it throws from.
   * Then, and only after the commit, the callbacks of `afterCommit` run in their order.
   */
  async run<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const afterCommit: (() => void)[] = [];
    const result = await this.dataSource.transaction((manager) => work(new ManagedTransaction(manager, afterCommit)));
    for (const callback of afterCommit) callback();
    return result;
  }
}

class ManagedTransaction implements Transaction {
  constructor(
    readonly manager: EntityManager,
    private readonly callbacks: (() => void)[],
  ) {}

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result: unknown = await this.manager.query(sql, [...parameters]);
    // TypeORM answers UPDATE and DELETE with [rows, count], and all else with the rows.
    const isCounted =
      Array.isArray(result) && result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
    return (isCounted ? result[0] : result) as Row[];
  }

  async attempt<Result>(part: () => Promise<Result>): Promise<Result> {
    const before = this.callbacks.length;
    await this.query('SAVEPOINT attempt');
    let result: Result;
    try {
      result = await part();
    } catch (error) {
      this.callbacks.length = before;
      await this.query('ROLLBACK TO SAVEPOINT attempt');
      await this.query('RELEASE SAVEPOINT attempt');
      throw error;
    }
    await this.query('RELEASE SAVEPOINT attempt');
    return result;
  }

  afterCommit(callback: () => void): void {
    this.callbacks.push(callback);
  }
}
