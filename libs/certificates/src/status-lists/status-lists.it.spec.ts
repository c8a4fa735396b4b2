import { CreateOutbox1770000000001 } from '@laurel/messaging';
import { createDataSource, migrate, UnitOfWork } from '@laurel/persistence';
import { createDatabase } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { certificateMigrations } from '../migrations/certificate-migrations.ts';
import { markListsOfIssuer } from './mark-lists-of-issuer.ts';
import { markStatusChanged } from './mark-status-changed.ts';
import { type StatusIndex, takeStatusIndexes } from './take-status-indexes.ts';

let database: DataSource;
let unitOfWork: UnitOfWork;
const size = 131_072;

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'status_lists');
  database = createDataSource({
    ...{ url, applicationName: 'test', poolSize: 20, log: { warn: () => undefined } },
    migrations: [CreateOutbox1770000000001, ...certificateMigrations],
  });
  await database.initialize();
  await migrate(database);
  unitOfWork = new UnitOfWork(database);
}, 60_000);

afterAll(() => database.destroy());

const take = async (counts: Record<string, number>): Promise<Map<string, StatusIndex[]>> =>
  unitOfWork.run((transaction) =>
    takeStatusIndexes(
      transaction,
      new Map(Object.entries(counts).map(([issuer, count]) => [issuer, { tenantId: 'acme', count }])),
    ),
  );
const nameOf = ({ list, index }: StatusIndex) => `${list}/${index}`;
const listsOf = (issuerId: string) =>
  database.query<{ id: string; ordinal: number; tenant_id: string; size: number }[]>(
    'SELECT id, ordinal, tenant_id, size FROM status_list WHERE issuer_id = $1 ORDER BY ordinal',
    [issuerId],
  );
const marksOf = async (list: string) => {
  const rows = await database.query<object[]>('SELECT FROM status_list_change WHERE list = $1', [list]);
  return rows.length;
};

describe('indexes', () => {
  test('none is given twice, by however many at the same time, and each issuer has lists of its own', async () => {
    const [one, two, three] = [v7(), v7(), v7()];
    const blocks = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        // In whatever order they are asked for, the counters are taken in one.
        take(at % 2 === 0 ? { [one]: 7, [two]: 1 + at } : { [three]: 3, [two]: 2, [one]: 7 }),
      ),
    );
    const all = blocks.flatMap((block) => [...block.values()].flat());
    expect(all).toHaveLength(60 * 7 + 30 * 2 + 30 * 3 + 30 + 870);
    expect(new Set(all.map(nameOf)).size).toBe(all.length);
    expect(all.every(({ index }) => Number.isInteger(index) && index >= 0 && index < size)).toBe(true);
    for (const issuer of [one, two, three]) {
      const [list, ...others] = await listsOf(issuer);
      expect(others).toEqual([]);
      expect(list).toEqual({ id: list?.id, ordinal: 0, tenant_id: 'acme', size });
      expect(new Set(blocks.flatMap((block) => block.get(issuer) ?? []).map((each) => each.list))).toEqual(
        new Set([list?.id]),
      );
      // It is there to be signed, once.
      expect(await marksOf(list?.id ?? '')).toBe(1);
    }
  });

  test('a block goes over the end of a list, and over more than one', async () => {
    const issuer = v7();
    await take({ [issuer]: 1 });
    await database.query('UPDATE status_index_counter SET taken = $2 WHERE issuer_id = $1', [issuer, size - 3]);
    // Two at once open the next list; there is one all the same.
    const blocks = await Promise.all([take({ [issuer]: 5 }), take({ [issuer]: 5 }), take({ [issuer]: 5 })]);
    const all = blocks.flatMap((block) => block.get(issuer) ?? []);
    expect(new Set(all.map(nameOf)).size).toBe(15);
    const lists = await listsOf(issuer);
    expect(lists.map(({ ordinal }) => ordinal)).toEqual([0, 1]);
    expect(lists.map(({ id }) => all.filter(({ list }) => list === id).length)).toEqual([3, 12]);

    const many = (await take({ [issuer]: 2 * size })).get(issuer) ?? [];
    expect(new Set([...all, ...many].map(nameOf)).size).toBe(2 * size + 15);
    expect((await listsOf(issuer)).map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3]);
  });

  test('of the very last index of a list the next one is the first of another', async () => {
    const issuer = v7();
    await take({ [issuer]: size });
    expect(await listsOf(issuer)).toHaveLength(1);
    const [next] = (await take({ [issuer]: 1 })).get(issuer) ?? [];
    expect(next?.list).toBe((await listsOf(issuer))[1]?.id);
  });

  test('a block goes back with its transaction, and so does a list', async () => {
    const issuer = v7();
    const wanted = new Map([[issuer, { tenantId: 'acme', count: 4 }]]);
    const failing = unitOfWork.run(async (transaction) => {
      await takeStatusIndexes(transaction, wanted);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await listsOf(issuer)).toEqual([]);
    expect((await take({ [issuer]: 1 })).get(issuer)).toHaveLength(1);
    expect(await take({})).toEqual(new Map());
  });

  test('two lists scatter them by keys of their own', async () => {
    const issuers = [v7(), v7()] as const;
    const taken = await take({ [issuers[0]]: 50, [issuers[1]]: 50 });
    const [one, two] = issuers.map((issuer) => (taken.get(issuer) ?? []).map(({ index }) => index));
    expect(one).not.toEqual([...(one ?? [])].sort((a, b) => a - b));
    expect((one ?? []).filter((index, at) => index === two?.[at]).length).toBeLessThan(3);
  });
});

describe('changes', () => {
  test('are marked once for each list, and with the transaction', async () => {
    const [one, two] = [v7(), v7()];
    await unitOfWork.run((transaction) => markStatusChanged(transaction, [one, null, two, one]));
    expect([await marksOf(one), await marksOf(two)]).toEqual([1, 1]);
    await unitOfWork.run((transaction) => markStatusChanged(transaction, [null]));
    const failing = unitOfWork.run(async (transaction) => {
      await markStatusChanged(transaction, [one]);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await marksOf(one)).toBe(1);
  });

  test('of a stolen key are marked in all lists of its issuer, and in no other', async () => {
    const [issuer, other] = [v7(), v7()];
    await take({ [issuer]: size + 1, [other]: 1 });
    await unitOfWork.run((transaction) => markListsOfIssuer(transaction, issuer));
    const marks = async (id: string) => Promise.all((await listsOf(id)).map((list) => marksOf(list.id)));
    // Each list is marked once when it is opened.
    expect([await marks(issuer), await marks(other)]).toEqual([[2, 2], [1]]);
  });

  test('of one list wait neither for each other nor for an allocation', async () => {
    const issuer = v7();
    const [{ list } = { list: '' }] = (await take({ [issuer]: 1 })).get(issuer) ?? [];
    const goOn = Promise.withResolvers<void>();
    const isMarked = Promise.withResolvers<void>();
    const slow = unitOfWork.run(async (transaction) => {
      await takeStatusIndexes(transaction, new Map([[issuer, { tenantId: 'acme', count: 1 }]]));
      await markStatusChanged(transaction, [list]);
      isMarked.resolve();
      await goOn.promise;
    });
    await isMarked.promise;
    await unitOfWork.run(async (transaction) => {
      await transaction.query("SET LOCAL lock_timeout = '50ms'");
      await markStatusChanged(transaction, [list]);
    });
    goOn.resolve();
    await slow;
    expect(await marksOf(list)).toBe(3);
  });
});

test('the migration goes back and forth', async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'status_lists_down');
  const other = createDataSource({
    ...{ url, applicationName: 'test', log: { warn: () => undefined } },
    migrations: [CreateOutbox1770000000001, ...certificateMigrations],
  });
  await other.initialize();
  try {
    await migrate(other);
    const last = certificateMigrations.findIndex(({ name }) => name === 'CreateStatusLists1771300000071');
    for (let at = certificateMigrations.length; at > last; at--) await other.undoLastMigration();
    const typeOf = () =>
      other.query<{ data_type: string }[]>(
        `SELECT data_type FROM information_schema.columns WHERE table_name = 'certificate' AND column_name = 'status_list'`,
      );
    expect(await typeOf()).toEqual([{ data_type: 'integer' }]);
    await migrate(other);
    expect(await typeOf()).toEqual([{ data_type: 'uuid' }]);
  } finally {
    await other.destroy();
  }
});
