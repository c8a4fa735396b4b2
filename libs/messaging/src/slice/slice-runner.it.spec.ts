import type { CourseCompleted, KafkaRecord } from '@laurel/contracts';
import { completion, type MessagingDatabase, openDatabase, waitFor } from '@laurel/testing';
import { pino } from 'pino';
import { register } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ConsumerHealth } from '../health/consumer-health.ts';
import { traceContext } from '../tracing/trace-context.ts';
import { GroupStopped } from './bug-streak.ts';
import { SliceRunner } from './slice-runner.ts';
import type { Slice } from './slice.ts';

let database: MessagingDatabase;
let group: string;
let health: ConsumerHealth;
let lines: string[];
let groups = 0;

type Handler = (events: CourseCompleted[], slice: Slice) => Promise<void>;

beforeAll(async () => {
  database = await openDatabase(inject('stack').postgresUrl, 'runner');
  await database.dataSource.query('CREATE TABLE effect (id text)');
});
beforeEach(async () => {
  group = `group-${groups++}`;
  health = new ConsumerHealth(group);
  lines = [];
  await database.dataSource.query('TRUNCATE inbox, outbox, effect');
});
afterAll(() => database.dataSource.destroy());

function runner(handler: Handler): SliceRunner {
  return new SliceRunner({
    group,
    unitOfWork: database.unitOfWork,
    logger: pino({}, { write: (line: string) => lines.push(line) }),
    health,
    nudge: () => undefined,
    handler: handler as never,
  });
}

/** Records as the broker hands them over, one per id. */
function records(...ids: string[]): KafkaRecord[] {
  return ids.map((id, at) => {
    const { value, headers } = completion({ tenantId: 'acme', batchId: 'b', learnerId: 'L', score: 0, id });
    const buffers = Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [name, Buffer.from(text as string)]),
    );
    const place = { topic: 'course.completed', partition: 0, offset: String(at), timestamp: '0' };
    return { ...place, key: null, value: Buffer.from(value as string), headers: buffers };
  });
}

const membership = { alive: async () => undefined, isLeaving: () => false };
const write: Handler = async (events, { transaction }) => {
  for (const { id } of events) await transaction.query('INSERT INTO effect VALUES ($1)', [id]);
};
const effects = async () =>
  (await database.dataSource.query<{ id: string }[]>('SELECT id FROM effect ORDER BY id')).map(({ id }) => id);
const letters = async () => (await database.dataSource.query<unknown[]>('SELECT 1 FROM outbox')).length;

async function counted(outcome: string): Promise<number> {
  const metric = await register.getSingleMetric('laurel_records_total')?.get();
  const found = metric?.values.find(({ labels }) => labels.group === group && labels.outcome === outcome);
  return found?.value ?? 0;
}

describe('SliceRunner', () => {
  test('counts what becomes of every record', async () => {
    const [first, second, third, fourth, fifth] = records('a', 'b', 'a', 'unknown', 'tombstone');
    if (!first || !second || !third || !fourth || !fifth) throw new Error('no records');
    const unknown = { ...fourth, headers: { ...fourth.headers, ce_type: Buffer.from('course.completed.v9') } };
    const malformed = { ...first, offset: '9', value: Buffer.from('{') };
    const one = runner(async (events, slice) => {
      for (const event of events) if (event.id === 'b') slice.reject(event, 'permanent', 'no');
      await write(
        events.filter(({ id }) => id !== 'b'),
        slice,
      );
    });
    await one.run([first, second, third, unknown, { ...fifth, value: null }, malformed], membership);
    expect(await effects()).toEqual(['a']);
    const outcomes = ['handled', 'repeated', 'dead-lettered', 'unknown-type', 'tombstone'];
    expect(await Promise.all(outcomes.map(counted))).toEqual([1, 1, 2, 1, 1]);
  });

  test('asks for the membership before it begins, and a lost one undoes the slice', async () => {
    const lost = new Error('KafkaJSProtocolError');
    const one = runner(write);
    await expect(one.run(records('a'), { ...membership, alive: () => Promise.reject(lost) })).rejects.toBe(lost);
    let beats = 0;
    const losing = {
      ...membership,
      alive: async () => {
        if (++beats > 1) throw lost;
      },
    };
    const slow = runner(async (events, slice) => {
      await write(events, slice);
      await slice.alive();
    });
    await expect(slow.run(records('a'), losing)).rejects.toBe(lost);
    expect(await effects()).toEqual([]);
    await runner(write).run(records('a'), membership);
    expect(await effects()).toEqual(['a']);
  });

  test.each(['before its statements', 'before them, and the client knows', 'after its statements'])(
    'a session that dies under a handler, %s, is an outage: waited for, and done once',
    async (when) => {
      let deaths = 0;
      const die = async (slice: Slice) => {
        if (deaths++ >= 2) return;
        const [row] = await slice.transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await database.dataSource.query('SELECT pg_terminate_backend($1)', [row?.pid]);
        if (!when.endsWith('knows')) return;
        await waitFor(
          'the client to have noticed',
          () => slice.transaction.manager.queryRunner?.isReleased,
          (released) => released === true,
        );
      };
      const one = runner(async (events, slice) => {
        if (when.startsWith('before')) await die(slice);
        await write(events, slice);
        if (when.startsWith('after')) await die(slice);
      });
      await one.run(records('a', 'b'), membership);
      expect(await effects()).toEqual(['a', 'b']);
      expect(await letters()).toBe(0);
      expect(health.state.state).toBe('works');
      expect(lines.filter((line) => line.includes('A slice waits'))).toHaveLength(1);
    },
  );

  test('the group stops at the 21st bug in a row; the twenty are kept, and a mended release goes on behind them', async () => {
    const ids = Array.from({ length: 30 }, (_, at) => `bug-${String(at).padStart(2, '0')}`);
    const broken: Handler = async () => {
      throw new TypeError('a bug');
    };
    await expect(runner(broken).run(records(...ids), membership)).rejects.toBeInstanceOf(GroupStopped);
    expect(await letters()).toBe(20);
    // The process starts again, as broken as before: it knows what it buried, and adds nothing.
    await expect(runner(broken).run(records(...ids), membership)).rejects.toBeInstanceOf(GroupStopped);
    expect(await letters()).toBe(20);
    await runner(write).run(records(...ids), membership);
    expect(await effects()).toEqual(ids.slice(20));
  });

  test('a member that gives an event up buries it only if no other has handled it meanwhile', async () => {
    const successor = runner(write);
    let tries = 0;
    const late = runner(async (events, slice) => {
      if (++tries < 3) throw new Error('a bug of this member');
      // Its transaction is gone, its last try fails, and before it buries the event another has been faster.
      await slice.transaction.query('ROLLBACK');
      await successor.run(records('a'), membership);
      throw new Error('a bug of this member');
    });
    await late.run(records('a'), membership);
    expect([tries, await effects(), await letters()]).toEqual([3, ['a'], 0]);
  });

  test('gives the handler the trace of its events, and the names of one that is alone', async () => {
    const contexts: unknown[] = [];
    const one = runner(async () => {
      contexts.push(traceContext.getStore());
    });
    await one.run(records('a'), membership);
    await one.run(records('b', 'c'), membership);
    expect(contexts[0]).toMatchObject({ eventId: 'a', tenantId: 'acme' });
    expect(contexts[1]).not.toHaveProperty('eventId');
  });

  test('no line of its log holds anything of a record', async () => {
    const [record] = records('a');
    if (!record) throw new Error('no record');
    const canary = 'asha@example.org';
    const value = { batchId: 'b', learnerId: canary, completedAt: '2026-03-01T12:00:00Z', learner: { name: canary } };
    const personal = { ...record, value: Buffer.from(JSON.stringify(value)) };
    const unreadable = { ...personal, offset: '1', value: Buffer.from(JSON.stringify({ ...value, score: canary })) };
    const one = runner(async ([event]) => {
      throw new Error(`cannot handle ${JSON.stringify(event)}`);
    });
    await one.run([personal, unreadable], membership);
    expect(lines.filter((line) => line.includes('A record was buried'))).toHaveLength(2);
    expect(lines.join('\n')).not.toContain(canary);
    const rows = await database.dataSource.query<{ headers: Record<string, string> }[]>('SELECT headers FROM outbox');
    const texts = rows.flatMap(({ headers }) =>
      Object.values(headers).map((text) => Buffer.from(text, 'base64').toString()),
    );
    expect(texts.join('\n')).not.toContain(canary);
    expect(rows).toHaveLength(2);
  });
});
