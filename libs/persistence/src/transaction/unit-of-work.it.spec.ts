import { createDatabase } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createDataSource } from '../connection/create-data-source.ts';
import { UnitOfWork } from './unit-of-work.ts';

let dataSource: DataSource;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'work');
  dataSource = createDataSource({ url, applicationName: 'work', log: { warn: () => undefined } });
  await dataSource.initialize();
  await dataSource.query(
    'CREATE TABLE thing (id integer PRIMARY KEY, parent integer REFERENCES thing DEFERRABLE INITIALLY DEFERRED)',
  );
  unitOfWork = new UnitOfWork(dataSource);
});
beforeEach(() => dataSource.query('TRUNCATE thing'));
afterAll(() => dataSource.destroy());

const count = async () => (await dataSource.query<unknown[]>('SELECT 1 FROM thing')).length;

describe('UnitOfWork', () => {
  test('commits what its work returns from, and gives that back', async () => {
    const result = await unitOfWork.run(async (transaction) => {
      await transaction.query('INSERT INTO thing (id) VALUES ($1)', [1]);
      expect(await count()).toBe(0);
      return 'done';
    });
    expect([result, await count()]).toEqual(['done', 1]);
  });

  test('rolls back what its work throws from, and throws it', async () => {
    const error = new Error('no');
    const work = unitOfWork.run(async (transaction) => {
      await transaction.query('INSERT INTO thing (id) VALUES (1)');
      throw error;
    });
    await expect(work).rejects.toBe(error);
    expect(await count()).toBe(0);
  });

  test('runs the callbacks after the commit, in their order, and never before', async () => {
    const seen: string[] = [];
    let visible: Promise<number> | undefined;
    await unitOfWork.run(async (transaction) => {
      transaction.afterCommit(() => {
        seen.push('first');
        visible = count();
      });
      transaction.afterCommit(() => seen.push('second'));
      await transaction.query('INSERT INTO thing (id) VALUES (1)');
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual(['first', 'second']);
    expect(await visible).toBe(1);
  });

  test('runs no callback after a rollback, by its work or by a commit that the database refuses', async () => {
    const seen: string[] = [];
    await expect(
      unitOfWork.run(async (transaction) => {
        transaction.afterCommit(() => seen.push('thrown'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await expect(
      unitOfWork.run(async (transaction) => {
        transaction.afterCommit(() => seen.push('refused'));
        await transaction.query('INSERT INTO thing (id, parent) VALUES (1, 2)');
      }),
    ).rejects.toMatchObject({ code: '23503' });
    expect(seen).toEqual([]);
    expect(await count()).toBe(0);
  });

  test('gives the rows of every statement, and only rows', async () => {
    await unitOfWork.run(async (transaction) => {
      expect(await transaction.query('INSERT INTO thing (id) VALUES (1), (2) RETURNING id')).toEqual([
        { id: 1 },
        { id: 2 },
      ]);
      expect(await transaction.query('UPDATE thing SET id = id + 10 WHERE id = 1 RETURNING id')).toEqual([{ id: 11 }]);
      expect(await transaction.query('UPDATE thing SET id = id')).toEqual([]);
      expect(await transaction.query('DELETE FROM thing RETURNING id')).toHaveLength(2);
      expect(await transaction.query('SELECT id FROM thing')).toEqual([]);
    });
  });

  test('undoes a part that fails, and what that was to do after the commit, and goes on', async () => {
    const seen: string[] = [];
    await unitOfWork.run(async (transaction) => {
      const insert = async (id: number) => {
        transaction.afterCommit(() => seen.push(`inserted ${id}`));
        await transaction.query('INSERT INTO thing (id) VALUES ($1)', [id]);
      };
      await insert(1);
      expect(await transaction.attempt(() => insert(2).then(() => 'a result'))).toBe('a result');
      const doubled = transaction.attempt(async () => {
        await insert(3);
        await insert(1);
      });
      await expect(doubled).rejects.toMatchObject({ code: '23505' });
      const outer = transaction.attempt(async () => {
        await insert(4);
        await expect(transaction.attempt(() => insert(4))).rejects.toMatchObject({ code: '23505' });
        await transaction.attempt(() => insert(5));
        throw new Error('no');
      });
      await expect(outer).rejects.toThrow('no');
      await insert(6);
    });
    expect(seen).toEqual(['inserted 1', 'inserted 2', 'inserted 6']);
    const rows = await dataSource.query<{ id: number }[]>('SELECT id FROM thing ORDER BY id');
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 6]);
  });

  test('gives its connection back, whatever happens', async () => {
    const runs = Array.from({ length: 40 }, (_, at) =>
      unitOfWork
        .run(async (transaction) => {
          await transaction.query('INSERT INTO thing (id) VALUES ($1)', [at]);
          if (at % 2 === 0) throw new Error('no');
        })
        .catch(() => undefined),
    );
    await Promise.all(runs);
    expect(await count()).toBe(20);
  });
});
