import type { DataSource } from 'typeorm';
import { type Transaction, UnitOfWork } from '@laurel/persistence';
import { expect, it } from 'vitest';

type Work<Result> = (transaction: Transaction) => Promise<Result>;

/**
 * Somebody with one connection who stands still before the n-th of their statements (a commit counts as one) until they are let on.
 * Whoever directs two of them decides in which order their statements come; no time passes for it.
 */
export class PausedActor {
  state: 'working' | 'paused' | 'done' = 'working';
  private before: number;
  private letOn: (() => void) | undefined;
  private work: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly pid: number,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.before = Infinity;
  }

  /** @param dataSource of one connection, which is this actor's alone */
  static async of(dataSource: DataSource): Promise<PausedActor> {
    const [{ pid }] = await dataSource.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid');
    return new PausedActor(pid, new UnitOfWork(dataSource));
  }

  /** Begins with what an actor does; `do` gets one transaction after the other from `run`. */
  begin(pauseBefore: number, act: (actor: PausedActor) => Promise<void>): void {
    this.before = pauseBefore;
    this.state = 'working';
    this.work = act(this).finally(() => (this.state = 'done'));
    // Who waits for the end hears of a failure; until then it is nobody's.
    this.work.catch(() => undefined);
  }

  goOn(): void {
    this.before = Infinity;
    this.letOn?.();
  }

  /** Throws what the actor's work threw. */
  async end(): Promise<void> {
    await this.work;
  }

  run<Result>(work: Work<Result>): Promise<Result> {
    return this.unitOfWork.run(async (transaction) => {
      const result = await work(this.slowed(transaction));
      await this.pause();
      return result;
    });
  }

  private slowed(transaction: Transaction): Transaction {
    return {
      manager: transaction.manager,
      query: async (sql, parameters) => {
        await this.pause();
        return transaction.query(sql, parameters);
      },
      attempt: (part) => transaction.attempt(part),
      afterCommit: (callback) => transaction.afterCommit(callback),
    };
  }

  private async pause(): Promise<void> {
    this.before -= 1;
    if (this.before !== 0) return;
    this.state = 'paused';
    await new Promise<void>((resolve) => (this.letOn = resolve));
    this.state = 'working';
  }
}

it('stands still before the statement that it was told, and nowhere else', async () => {
  const said: string[] = [];
  const transaction = {
    manager: {},
    query: async (sql: string) => said.push(sql),
  };
  const dataSource = {
    query: async () => [{ pid: 1 }],
    transaction: (work: (manager: object) => Promise<unknown>) => work({ query: transaction.query }),
  };
  const actor = await PausedActor.of(dataSource as unknown as DataSource);
  actor.begin(2, () =>
    actor.run(async ({ query }) => {
      await query('one');
      await query('two');
    }),
  );
  await expect.poll(() => actor.state).toBe('paused');
  expect(said).toEqual(['one']);
  actor.goOn();
  await actor.end();
  expect([said, actor.state]).toEqual([['one', 'two'], 'done']);
});
