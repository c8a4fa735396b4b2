import { type MessagingDatabase, NotebookBroker, openDatabase, waitFor } from '@laurel/testing';
import { type Logger, pino } from 'pino';
import { afterEach, beforeAll, beforeEach, afterAll, describe, expect, inject, test, vi } from 'vitest';
import { RecordsRefused } from '../broker/broker.ts';
import { Outbox } from './outbox.ts';
import { Relay } from './relay.ts';

const silent: Logger = pino({ level: 'silent' });
let database: MessagingDatabase;
let broker: NotebookBroker;
const relays: Relay[] = [];

beforeAll(async () => {
  database = await openDatabase(inject('stack').postgresUrl, 'relay');
});
beforeEach(async () => {
  broker = new NotebookBroker();
  await database.dataSource.query('TRUNCATE outbox, outbox_rejected');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(relays.splice(0).map((relay) => relay.close()));
});
afterAll(() => database.dataSource.destroy());

/** One replica's relay; its poll is far away where a test does not ask for it. */
function relay(options: { pollInterval?: number; logger?: Logger } = {}): Relay {
  const { unitOfWork } = database;
  const one = new Relay({ unitOfWork, broker, logger: silent, pollInterval: 3_600_000, ...options });
  relays.push(one);
  return one;
}

interface Given {
  readonly key?: string;
  readonly value: string;
  readonly lane?: 0 | 1;
  readonly bytes?: number;
}

/** Rows as the outbox writes them, in their order. */
async function write(...rows: Given[]): Promise<void> {
  await database.dataSource.query(
    `INSERT INTO outbox (lane, topic, key, value, headers, bytes)
     SELECT lane, 'topic', key, value, '{"name":"header"}', bytes
     FROM unnest($1::smallint[], $2::text[], $3::text[], $4::integer[]) AS given(lane, key, value, bytes)`,
    [
      rows.map(({ lane }) => lane ?? 0),
      rows.map(({ key }) => key ?? 'k'),
      rows.map(({ value }) => value),
      rows.map(({ bytes }) => bytes ?? 100),
    ],
  );
}

const values = () => broker.records.map(({ value }) => String(value));
const numbered = (count: number, prefix = '') =>
  Array.from({ length: count }, (_, at) => ({ value: `${prefix}${at}` }));
const left = async () => (await database.dataSource.query<unknown[]>('SELECT 1 FROM outbox')).length;
const drained = () => waitFor('an empty outbox', left, (rows) => rows === 0);

describe('Relay', () => {
  test('sends what it finds when it starts, in order, and deletes it', async () => {
    await write(...numbered(1_200));
    relay().start();
    await drained();
    expect(values()).toEqual(numbered(1_200).map(({ value }) => value));
    expect(broker.records[0]).toMatchObject({ topic: 'topic', key: 'k', headers: { name: 'header' } });
    expect(broker.requests.map(({ length }) => length)).toEqual([500, 500, 200]);
    expect(broker.producers).toEqual({ opened: 1, closed: 0 });
  });

  test('sends interactive rows before bulk ones that came first, also while it is at it', async () => {
    await write(...numbered(600, 'bulk-').map((row) => ({ ...row, lane: 1 as const })), ...numbered(100, 'now-'));
    broker.arrive = async () => {
      if (broker.requests.length === 0) await write(...numbered(50, 'later-'));
    };
    relay().nudge();
    await drained();
    const order = values().map((value) => value.split('-')[0]);
    expect(order.slice(0, 100)).toEqual(Array(100).fill('now'));
    expect(order.slice(500, 550)).toEqual(Array(50).fill('later'));
    expect(values().filter((value) => value.startsWith('bulk'))).toEqual(
      numbered(600, 'bulk-').map(({ value }) => value),
    );
  });

  test('sends at most 512 KB at once, and a row that is larger alone', async () => {
    const rows = [200_000, 200_000, 200_000, 900_000, 100, 100].map((bytes, at) => ({ value: String(at), bytes }));
    await write(...rows);
    relay().nudge();
    await drained();
    expect(broker.requests.map((request) => request.map(({ value }) => value))).toEqual([
      ['0', '1', '2'],
      ['3'],
      ['4', '5'],
    ]);
  });

  test('any number of nudges make one drain, and one more', async () => {
    await write({ value: 'first' });
    const one = relay();
    const query = vi.spyOn(database.unitOfWork, 'run');
    broker.arrive = () => {
      for (let nudge = 0; nudge < 50; nudge++) one.nudge();
    };
    one.nudge();
    await drained();
    await one.close();
    // The row; the look that found nothing more; the close.
    expect(query.mock.calls.length).toBeLessThanOrEqual(4);
  });

  test.each(Array.from({ length: 16 }, (_, turns) => turns))(
    'a nudge that comes %i turns after the last look of a drain is heard',
    async (turns) => {
      const one = relay();
      const { unitOfWork } = database;
      const run = unitOfWork.run.bind(unitOfWork);
      vi.spyOn(unitOfWork, 'run').mockImplementation(async (work) => {
        const more = await run(work);
        if (more || broker.records.length !== 1) return more;
        // The drain found nothing more and is about to end.
        await write({ value: 'late' });
        void (async () => {
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          one.nudge();
        })();
        return more;
      });
      await write({ value: 'first' });
      one.nudge();
      await waitFor('both rows', values, ({ length }) => length === 2, { timeout: 2_000 });
    },
  );

  test('finds by its poll what nobody nudged it to', async () => {
    relay({ pollInterval: 20 }).start();
    await waitFor('the first look', left, (rows) => rows === 0);
    await write({ value: 'forgotten' });
    await drained();
    expect(values()).toEqual(['forgotten']);
  });

  test('after any failed send the producer is thrown away and the rows are sent again, in order', async () => {
    await write(...numbered(10));
    let failures = 0;
    broker.arrive = () => {
      if (failures++ < 3) throw new Error('the answer was lost');
    };
    const one = relay({ pollInterval: 20 });
    one.start();
    await drained();
    expect(values()).toEqual(numbered(10).map(({ value }) => value));
    expect(broker.producers).toEqual({ opened: 4, closed: 3 });
  });

  test('a row that is refused for good moves aside, alone; its followers go on in order', async () => {
    const bad = new Set(['17', '18', '140']);
    broker.arrive = (records) => {
      if (records.some(({ value }) => bad.has(String(value)))) throw new RecordsRefused('MESSAGE_TOO_LARGE');
    };
    const lines: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => lines.push(line) });
    await write(...numbered(200));
    relay({ logger }).nudge();
    await drained();
    expect(values()).toEqual(numbered(200).flatMap(({ value }) => (bad.has(value) ? [] : [value])));
    const rejected = await database.dataSource.query<{ value: string; reason: string }[]>(
      'SELECT value, reason FROM outbox_rejected ORDER BY position',
    );
    expect(rejected).toEqual([...bad].map((value) => ({ value, reason: 'MESSAGE_TOO_LARGE' })));
    expect(lines).toHaveLength(3);
  });

  test('two replicas that drain at once keep the order per key, and send nothing twice', async () => {
    const replicas = [relay(), relay(), relay()];
    const counts = new Map<string, number>();
    const writers = Array.from({ length: 40 }, async (_, at) => {
      const key = `key-${at % 4}`;
      // The row lock of a real writer, that makes the order of its rows the order of their positions.
      await database.unitOfWork.run(async (transaction) => {
        await transaction.query('SELECT pg_advisory_xact_lock(1, $1)', [at % 4]);
        const next = counts.get(key) ?? 0;
        counts.set(key, next + 5);
        for (let row = 0; row < 5; row++) {
          await transaction.query(
            `INSERT INTO outbox (lane, topic, key, value, headers, bytes) VALUES (0, 'topic', $1, $2, '{}', 100)`,
            [key, String(next + row)],
          );
        }
      });
      for (const replica of replicas) replica.nudge();
    });
    await Promise.all(writers);
    await drained();
    for (const [key, count] of counts) {
      const sent = broker.records.filter((record) => record.key === key).map(({ value }) => Number(value));
      expect(sent).toEqual(Array.from({ length: count }, (_, at) => at));
    }
  });

  test('while one replica sends, another waits for it and does not send the same rows', async () => {
    await write(...numbered(5));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    broker.arrive = () => held;
    relay().nudge();
    await waitFor(
      'the first send',
      () => broker.producers.opened,
      (opened) => opened === 1,
    );
    relay().nudge();
    await waitFor(
      'the other replica to wait for the lock',
      () => database.dataSource.query<unknown[]>(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`),
      ({ length }) => length > 0,
    );
    release();
    await drained();
    expect(values()).toEqual(numbered(5).map(({ value }) => value));
  });

  test('an old snapshot that another session holds open stops nothing', async () => {
    const runner = database.dataSource.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      await runner.query('SELECT count(*) FROM outbox');
      const one = relay();
      for (let round = 0; round < 5; round++) {
        await write(...numbered(400, `${round}-`));
        one.nudge();
        await drained();
      }
      expect(values()).toHaveLength(2_000);
      // What was sent is gone for us, and still there for that session: dead rows that no vacuum can take.
      expect(await runner.query('SELECT count(*)::int AS count FROM outbox')).toEqual([{ count: 0 }]);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  });

  test('holds no snapshot while the broker answers, so it holds back no vacuum', async () => {
    await write({ value: 'one' });
    let seen: unknown;
    broker.arrive = async () => {
      seen = await database.dataSource.query(
        `SELECT backend_xid, backend_xmin, state FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()`,
      );
    };
    relay().nudge();
    await drained();
    expect(seen).toEqual([{ backend_xid: null, backend_xmin: null, state: 'idle in transaction' }]);
  });

  test('closing sends what is there, and then takes no more', async () => {
    const one = relay();
    await write({ value: 'last' });
    await one.close();
    expect(values()).toEqual(['last']);
    expect(broker.producers).toEqual({ opened: 1, closed: 1 });
    await write({ value: 'too late' });
    one.nudge();
    await one.close();
    expect(values()).toEqual(['last']);
  });

  test('a relay that has nothing to send asks for no producer', async () => {
    const one = relay();
    one.start();
    await one.close();
    expect(broker.producers.opened).toBe(0);
  });

  test('brings what the outbox wrote', async () => {
    const one = relay();
    const outbox = new Outbox('proof-recorder', () => one.nudge());
    const data = {
      enrolmentId: '0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c07',
      batchId: 'b',
      recordedAt: new Date().toISOString(),
    };
    await database.unitOfWork.run((transaction) =>
      outbox.add(transaction, 'proof.recorded', [{ tenantId: 'acme', data }]),
    );
    await drained();
    expect(broker.records[0]).toMatchObject({ topic: 'proof.recorded', key: data.enrolmentId });
    expect(JSON.parse(String(broker.records[0]?.value))).toEqual(data);
  });
});
