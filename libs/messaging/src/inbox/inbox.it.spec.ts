import { type MessagingDatabase, openDatabase, waitFor } from '@laurel/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { type EventName, Inbox } from './inbox.ts';
import { pruneInbox } from './prune-inbox.ts';

let database: MessagingDatabase;
const inbox = new Inbox('group');
const name = (id: string, tenantId = 'acme', source = 'urn:test'): EventName => ({ tenantId, source, id });
const admit = (events: EventName[], of = inbox) =>
  database.unitOfWork.run((transaction) => of.admit(transaction, events));

beforeAll(async () => {
  database = await openDatabase(inject('stack').postgresUrl, 'inbox');
});
beforeEach(() => database.dataSource.query('TRUNCATE inbox'));
afterAll(() => database.dataSource.destroy());

describe('Inbox', () => {
  test('admits each event once, in the order given, and the first of each name', async () => {
    const [a, b, c] = [name('a'), name('b'), name('c')];
    const copy = { ...a };
    const admitted = await admit([c, a, copy, b]);
    expect(admitted).toEqual([c, a, b]);
    expect(admitted[1]).toBe(a);
    expect(await admit([a, name('d'), b, c])).toEqual([name('d')]);
    expect(await admit([])).toEqual([]);
  });

  test('an event is its tenant, its source and its id, within a group', async () => {
    const events = [name('a'), name('a', 'globex'), name('a', 'acme', 'urn:other'), name('b')];
    expect(await admit(events)).toEqual(events);
    expect(await admit(events, new Inbox('other-group'))).toEqual(events);
    expect(await admit(events)).toEqual([]);
  });

  test('what is rolled back was never admitted', async () => {
    const undone = database.unitOfWork.run(async (transaction) => {
      await inbox.admit(transaction, [name('a')]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await admit([name('a')])).toEqual([name('a')]);
  });

  test('what is forgotten can come again, and nothing else', async () => {
    await admit([name('a'), name('a', 'globex'), name('b')]);
    await database.unitOfWork.run((transaction) => inbox.forget(transaction, [name('a')]));
    expect(await admit([name('a'), name('a', 'globex'), name('b')])).toEqual([name('a')]);
  });

  test('an event that is being handled elsewhere is waited for', async () => {
    let other: Promise<EventName[]> | undefined;
    await database.unitOfWork.run(async (transaction) => {
      await inbox.admit(transaction, [name('a')]);
      other = admit([name('a'), name('b')]);
      await waitFor(
        'the other to wait',
        () =>
          database.dataSource.query<unknown[]>(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          ),
        ({ length }) => length > 0,
      );
    });
    expect(await other).toEqual([name('b')]);
  });

  test('many at once with the same events in any order: no deadlock, and each is admitted once', async () => {
    const events = Array.from({ length: 60 }, (_, at) => name(`event-${at}`));
    const shuffles = fc.array(fc.shuffledSubarray(events, { minLength: 30 }), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(shuffles, async (orders) => {
        await database.dataSource.query('TRUNCATE inbox');
        const admitted = (await Promise.all(orders.map((order) => admit(order)))).flat();
        const wanted = new Set(orders.flat());
        expect(admitted).toHaveLength(wanted.size);
        expect(new Set(admitted)).toEqual(wanted);
      }),
      { numRuns: 15 },
    );
  });

  test('names of strangers may hold anything that is printable', async () => {
    const odd = [name(`it's "a" \\ {name}, NULL`), name('आशा 🏅'), name('x'.repeat(512))];
    expect(await admit([...odd, ...odd])).toEqual(odd);
    expect(await admit(odd)).toEqual([]);
  });
});

describe('pruneInbox', () => {
  test('deletes what is older than 31 days, in portions, and nothing else', async () => {
    await admit([...Array(25).keys()].map((at) => name(`old-${at}`)));
    await database.dataSource.query(`UPDATE inbox SET received_at = now() - interval '31 days 1 minute'`);
    await admit([name('young')]);
    await database.dataSource.query(
      `INSERT INTO inbox VALUES ('group', 'acme', 'urn:test', 'just-in-time', now() - interval '30 days 23 hours')`,
    );
    const portions = [];
    for (let run = 0; run < 4; run++) portions.push(await pruneInbox(database.dataSource, 10));
    expect(portions).toEqual([10, 10, 5, 0]);
    const left = await database.dataSource.query<{ event_id: string }[]>('SELECT event_id FROM inbox ORDER BY 1');
    expect(left.map((row) => row.event_id)).toEqual(['just-in-time', 'young']);
  });
});
