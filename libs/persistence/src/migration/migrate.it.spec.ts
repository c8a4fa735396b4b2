import { createDatabase } from '@laurel/testing';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createDataSource } from '../connection/create-data-source.ts';
import { migrate } from './migrate.ts';
import { hasPendingMigrations } from './pending-migrations.ts';

class First1770000000001 implements MigrationInterface {
  readonly name = 'First1770000000001';
  async up(runner: QueryRunner): Promise<void> {
    // Long enough for another runner to come while it is at work.
    await runner.query('SELECT pg_sleep(0.1)');
    await runner.query('CREATE TABLE first (id integer)');
  }
  async down(): Promise<void> {
    throw new Error('never in these tests');
  }
}

class Second1770000000002 implements MigrationInterface {
  readonly name = 'Second1770000000002';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE second (id integer)');
    await runner.query('INSERT INTO first VALUES (1)');
  }
  async down(): Promise<void> {
    throw new Error('never in these tests');
  }
}

class Broken1770000000003 implements MigrationInterface {
  readonly name = 'Broken1770000000003';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE third (id integer)');
    await runner.query('SELECT no_such_column');
  }
  async down(): Promise<void> {
    throw new Error('never in these tests');
  }
}

const both = [First1770000000001, Second1770000000002];
const open: { isInitialized: boolean; destroy(): Promise<void> }[] = [];

function source(url: string, migrations: (new () => MigrationInterface)[]) {
  const dataSource = createDataSource({ url, applicationName: 'migrate', migrations, log: { warn: () => undefined } });
  open.push(dataSource);
  return dataSource;
}

afterEach(async () => {
  for (const one of open.splice(0)) if (one.isInitialized) await one.destroy();
});

describe('migrate', () => {
  test('of two that come at once one runs everything, and the other finds nothing to do', async () => {
    const url = await createDatabase(inject('stack').postgresUrl, 'migrate');
    const ran = await Promise.all([migrate(source(url, both)), migrate(source(url, both)), migrate(source(url, both))]);
    expect(ran.filter((names) => names.length > 0)).toEqual([['First1770000000001', 'Second1770000000002']]);
    const [counted] = await source(url, [])
      .initialize()
      .then((looker) => looker.query<{ count: number }[]>('SELECT count(*)::int AS count FROM first'));
    expect(counted?.count).toBe(1);
  });

  test('knows what is pending, before and after', async () => {
    const url = await createDatabase(inject('stack').postgresUrl, 'migrate');
    await migrate(source(url, both.slice(0, 1)));
    const newer = await source(url, both).initialize();
    expect(await hasPendingMigrations(newer)).toBe(true);
    expect(await migrate(newer)).toEqual(['Second1770000000002']);
    expect(await hasPendingMigrations(newer)).toBe(false);
  });

  test('leaves nothing of a migration that fails, keeps those before it, and gives the lock back', async () => {
    const url = await createDatabase(inject('stack').postgresUrl, 'migrate');
    await expect(migrate(source(url, [...both, Broken1770000000003]))).rejects.toThrow('no_such_column');
    const mended = source(url, both);
    expect(await migrate(mended)).toEqual([]);
    const tables = await mended.query<{ name: string | null }[]>(`SELECT to_regclass('third') AS name`);
    expect(tables).toEqual([{ name: null }]);
  });

  test('takes no time limit of a service: a large table may take its time', async () => {
    class Slow1770000000004 implements MigrationInterface {
      readonly name = 'Slow1770000000004';
      async up(runner: QueryRunner): Promise<void> {
        await runner.query(`CREATE TABLE limits AS SELECT current_setting('statement_timeout') AS statement,
          current_setting('lock_timeout') AS lock, current_setting('idle_in_transaction_session_timeout') AS idle`);
      }
      async down(): Promise<void> {
        throw new Error('never in these tests');
      }
    }
    const url = await createDatabase(inject('stack').postgresUrl, 'migrate');
    const dataSource = source(url, [Slow1770000000004]);
    await migrate(dataSource);
    // What waits for a lock is still given up soon: it would hold up every statement that comes after it.
    expect(await dataSource.query('SELECT * FROM limits')).toEqual([{ statement: '0', lock: '4s', idle: '5s' }]);
    expect(await dataSource.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '8s' }]);
  });

  test('a session that dies is an error of the call, and not of the process', async () => {
    const url = await createDatabase(inject('stack').postgresUrl, 'migrate');
    class Killing1770000000005 implements MigrationInterface {
      readonly name = 'Killing1770000000005';
      async up(): Promise<void> {
        const killer = new pg.Client({ connectionString: url });
        await killer.connect();
        await killer.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
        await killer.end();
      }
      async down(): Promise<void> {
        throw new Error('never in these tests');
      }
    }
    await expect(migrate(source(url, [Killing1770000000005]))).rejects.toThrow();
  });
});
