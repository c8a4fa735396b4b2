import { createDatabase, waitFor } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { UnitOfWork } from '../transaction/unit-of-work.ts';
import { createDataSource } from './create-data-source.ts';

let url: string;
let dataSource: DataSource;
let killer: DataSource;
const warnings: object[] = [];

beforeEach(async () => {
  warnings.length = 0;
  url = await createDatabase(inject('stack').postgresUrl, 'source');
  const log = { warn: (fields: object) => warnings.push(fields) };
  dataSource = createDataSource({ url, applicationName: 'victim', poolSize: 3, log });
  killer = createDataSource({ url, applicationName: 'killer', poolSize: 1, log: { warn: () => undefined } });
  await Promise.all([dataSource.initialize(), killer.initialize()]);
});
afterEach(async () => {
  await Promise.all([dataSource.destroy(), killer.destroy()]);
});

const kill = () =>
  killer.query<{ pid: number }[]>(
    `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim' AND datname = current_database()`,
  );

describe('createDataSource', () => {
  test('every session of the pool has the timeouts, and says whose it is', async () => {
    const sessions = await Promise.all(
      [1, 2, 3].map(() =>
        new UnitOfWork(dataSource).run(async (transaction) => {
          const [row] = await transaction.query<{ pid: number; settings: string[] }>(
            `SELECT pg_backend_pid() AS pid, pg_sleep(0.05), ARRAY[current_setting('idle_in_transaction_session_timeout'),
               current_setting('lock_timeout'), current_setting('statement_timeout'), current_setting('application_name')] AS settings`,
          );
          return row;
        }),
      ),
    );
    expect(new Set(sessions.map((session) => session?.pid)).size).toBe(3);
    for (const session of sessions) expect(session?.settings).toEqual(['5s', '4s', '8s', 'victim']);
  });

  test('a connection that dies while it is idle is a warning, and the next query has a new one', async () => {
    await dataSource.query('SELECT 1');
    expect(await kill()).not.toEqual([]);
    await waitFor('the warning', () => warnings.length, Boolean);
    expect(warnings[0]).toMatchObject({ code: '57P01' });
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test.each([
    [
      'before a statement',
      async (transaction: { query(sql: string): Promise<unknown> }) => {
        await kill();
        await transaction.query('SELECT 1');
      },
    ],
    [
      'before the commit',
      async () => {
        await kill();
      },
    ],
  ])('a connection that dies in a transaction, %s, is an error of the transaction', async (_, work) => {
    const run = new UnitOfWork(dataSource).run(async (transaction) => {
      await transaction.query('SELECT 1');
      await work(transaction);
    });
    await expect(run).rejects.toThrow();
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('a lock that is not given is given up', async () => {
    const unitOfWork = new UnitOfWork(dataSource);
    await unitOfWork.run(async (holder) => {
      await holder.query('SELECT pg_advisory_xact_lock(1)');
      const other = unitOfWork.run(async (transaction) => {
        // As the default, only sooner.
        await transaction.query(`SET LOCAL lock_timeout = '50ms'`);
        await transaction.query('SELECT pg_advisory_xact_lock(1)');
      });
      await expect(other).rejects.toMatchObject({ code: '55P03' });
    });
  });
});
