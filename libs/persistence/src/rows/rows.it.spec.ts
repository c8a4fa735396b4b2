import { createDatabase } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createDataSource } from '../connection/create-data-source.ts';
import { UnitOfWork } from '../transaction/unit-of-work.ts';
import { insertRows } from './insert-rows.ts';
import { updateRows } from './update-rows.ts';

const columns = {
  id: 'uuid',
  name: 'text',
  score: 'double precision',
  counted: 'bigint',
  is_open: 'boolean',
  at: 'timestamptz',
  data: 'jsonb',
  raw: 'bytea',
};
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

let dataSource: DataSource;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'rows');
  dataSource = createDataSource({ url, applicationName: 'rows', log: { warn: () => undefined } });
  await dataSource.initialize();
  await dataSource.query(`
    CREATE TABLE thing (
      id uuid PRIMARY KEY, name text UNIQUE, score double precision, counted bigint, is_open boolean,
      at timestamptz, data jsonb, raw bytea
    )`);
  unitOfWork = new UnitOfWork(dataSource);
});
beforeEach(() => dataSource.query('TRUNCATE thing'));
afterAll(() => dataSource.destroy());

const insert = (rows: object[], options = {}) =>
  unitOfWork.run((transaction) => insertRows(transaction, 'thing', columns, rows, options));
const all = () => dataSource.query<Record<string, unknown>[]>('SELECT * FROM thing ORDER BY id');

describe('insertRows', () => {
  test('writes every type as it was given, and NULL for what is missing', async () => {
    const full = {
      id: id(1),
      name: `quotes " ' , { } \\ NULL null and आशा 🏅`,
      score: 87.5,
      counted: 9_007_199_254_740_993n,
      is_open: false,
      at: new Date('2026-03-01T12:00:00.123Z'),
      data: { nested: [1, null, { deep: '"' }], empty: {} },
      raw: Buffer.from([0, 255, 92, 34]),
    };
    await insert([
      full,
      { id: id(2), name: '', score: 0, data: ['a', 'list'] },
      { id: id(3), name: 'NULL', data: 'text' },
    ]);
    const nothing = { score: null, counted: null, is_open: null, at: null, data: null, raw: null };
    expect(await all()).toEqual([
      { ...full, counted: '9007199254740993' },
      { ...nothing, id: id(2), name: '', score: 0, data: ['a', 'list'] },
      { ...nothing, id: id(3), name: 'NULL', data: 'text' },
    ]);
  });

  test('writes 10,000 rows in one statement, in their order', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => ({ id: id(at), name: `n-${at}`, score: at }));
    const returned = await insert(rows, { returning: ['score'] });
    expect(returned).toEqual(rows.map(({ score }) => ({ score })));
  });

  test('asks the database nothing for no rows', async () => {
    expect(await insert([], { returning: ['id'] })).toEqual([]);
  });

  test('a double is an error, or is passed over by any key or by one, and only new rows come back', async () => {
    await insert([{ id: id(1), name: 'one' }]);
    await expect(insert([{ id: id(1), name: 'two' }])).rejects.toMatchObject({ code: '23505' });
    const rows = [
      { id: id(1), name: 'other' },
      { id: id(2), name: 'one' },
      { id: id(3), name: 'three' },
    ];
    expect(await insert(rows, { onConflictDoNothing: 'any', returning: ['id'] })).toEqual([{ id: id(3) }]);
    await expect(insert([rows[1] ?? {}], { onConflictDoNothing: ['id'] })).rejects.toMatchObject({ code: '23505' });
    expect(await all()).toHaveLength(2);
  });

  test.each(['thing; DROP TABLE thing', 'Thing', '"thing"', '', '1thing', 'a.b'])(
    'refuses the name "%s"',
    async (name) => {
      const run = (work: Parameters<UnitOfWork['run']>[0]) =>
        expect(unitOfWork.run(work)).rejects.toThrow('no lower-case SQL name');
      await run((transaction) => insertRows(transaction, name, { id: 'uuid' }, [{ id: id(1) }]));
      await run((transaction) => insertRows(transaction, 'thing', { [name]: 'uuid' }, [{ id: id(1) }]));
      await run((transaction) => updateRows(transaction, name, { id: 'uuid' }, { name: 'text' }, [{ id: id(1) }]));
      await run((transaction) => updateRows(transaction, 'thing', { id: 'uuid' }, { [name]: 'text' }, [{ id: id(1) }]));
    },
  );

  test('refuses a type that is none', async () => {
    const type = 'text[]) AS x; DROP TABLE thing; --';
    await expect(
      unitOfWork.run((transaction) => insertRows(transaction, 'thing', { id: type }, [{ id: id(1) }])),
    ).rejects.toThrow('is no SQL type');
  });
});

describe('updateRows', () => {
  const keys = { id: 'uuid' };
  const sets = { name: 'text', data: 'jsonb' };
  const update = (rows: object[], returning?: string[]) =>
    unitOfWork.run((transaction) => updateRows(transaction, 'thing', keys, sets, rows, returning));

  test('gives each row its own values, and says which rows there were', async () => {
    await insert([1, 2, 3].map((at) => ({ id: id(at), name: `old-${at}`, score: at })));
    const updated = await update([
      { id: id(1), name: 'new-1', data: { a: [1] } },
      { id: id(3), name: null, data: null },
      { id: id(9), name: 'nobody', data: null },
    ]);
    expect(updated).toHaveLength(2);
    expect(updated).toEqual(expect.arrayContaining([{ id: id(1) }, { id: id(3) }]));
    expect((await all()).map(({ name, score, data }) => [name, score, data])).toEqual([
      ['new-1', 1, { a: [1] }],
      ['old-2', 2, null],
      [null, 3, null],
    ]);
  });

  test('gives back the columns that were asked for', async () => {
    await insert([{ id: id(1), name: 'old', score: 5 }]);
    expect(await update([{ id: id(1), name: 'new' }], ['name', 'score'])).toEqual([{ name: 'new', score: 5 }]);
    expect(await update([])).toEqual([]);
  });

  test('updates 10,000 rows in one statement', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => ({ id: id(at), name: `n-${at}` }));
    await insert(rows);
    expect(await update(rows.map((row) => ({ ...row, name: `${row.name}-new` })))).toHaveLength(10_000);
    const [counted] = await dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM thing WHERE name LIKE '%-new'`,
    );
    expect(counted?.count).toBe(10_000);
  });
});
