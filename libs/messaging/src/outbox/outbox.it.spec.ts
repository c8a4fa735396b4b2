import { certificateRequested, type Event, proofRecorded } from '@laurel/contracts';
import { type MessagingDatabase, openDatabase } from '@laurel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { traceContext } from '../tracing/trace-context.ts';
import { outboxBacklog } from './outbox-backlog.ts';
import { EventTooLarge, Outbox } from './outbox.ts';

let database: MessagingDatabase;
const nudge = vi.fn();
const outbox = new Outbox('proof-recorder', nudge);
const [recorded] = proofRecorded.examples;
const [requested] = certificateRequested.examples;
if (!recorded || !requested) throw new Error('the contracts have no examples');

const cause: Event = {
  id: 'cause-1',
  source: 'urn:lms',
  type: 'course.completed.v1',
  time: new Date(),
  tenantId: 'acme',
  correlationId: 'correlation-1',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  data: {},
};

interface Row {
  lane: number;
  topic: string;
  key: string;
  value: string;
  headers: Record<string, string>;
  bytes: number;
}

beforeAll(async () => {
  database = await openDatabase(inject('stack').postgresUrl, 'outbox');
});
beforeEach(async () => {
  nudge.mockClear();
  await database.dataSource.query('TRUNCATE outbox');
});
afterAll(() => database.dataSource.destroy());

const rows = () => database.dataSource.query<Row[]>('SELECT * FROM outbox ORDER BY lane, position');

/** Whatever a caller without types might give. */
function add(topic: string, events: object[], from = outbox): Promise<void> {
  return database.unitOfWork.run((transaction) => from.add(transaction, topic as never, events as never));
}

describe('Outbox', () => {
  test('writes an event whole: key, envelope, data, and what it follows from', async () => {
    await add('proof.recorded', [{ tenantId: 'acme', data: recorded, cause, sequence: 7 }]);
    const [row] = await rows();
    expect(row).toMatchObject({ lane: 0, topic: 'proof.recorded', key: recorded.enrolmentId });
    expect(JSON.parse(row?.value ?? '')).toEqual(recorded);
    expect(row?.headers).toMatchObject({
      ce_specversion: '1.0',
      ce_type: 'proof.recorded.v1',
      ce_source: '/laurel/proof-recorder',
      ce_tenantid: 'acme',
      ce_correlationid: 'correlation-1',
      ce_causationid: 'cause-1',
      ce_sequence: '7',
    });
    expect(row?.headers.ce_traceparent).toMatch(
      /^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/,
    );
    expect(row?.bytes).toBeGreaterThan(Buffer.byteLength(row?.value ?? ''));
  });

  test('takes what no cause says from the work that goes on, and else begins a chain with its own id', async () => {
    const event = { tenantId: 'acme', data: recorded };
    await traceContext.run(
      { correlationId: 'from-the-request', ...(cause.traceparent ? { traceparent: cause.traceparent } : {}) },
      () => add('proof.recorded', [event]),
    );
    await add('proof.recorded', [event]);
    const [inContext, alone] = (await rows()).map(({ headers }) => headers);
    expect(inContext?.ce_correlationid).toBe('from-the-request');
    expect(inContext?.ce_traceparent).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(inContext).not.toHaveProperty('ce_causationid');
    expect(alone?.ce_correlationid).toBe(alone?.ce_id);
    expect(alone?.ce_traceparent).not.toContain('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  test('keeps the order, and nudges once, after the commit and only then', async () => {
    await database.unitOfWork.run(async (transaction) => {
      const events = [1, 2, 3].map((score) => ({ tenantId: 'acme', data: { ...recorded, score } }));
      await outbox.add(transaction, 'proof.recorded', events);
      await outbox.add(transaction, 'proof.recorded', []);
      expect(nudge).not.toHaveBeenCalled();
    });
    expect(nudge).toHaveBeenCalledTimes(1);
    expect((await rows()).map(({ value }) => (JSON.parse(value) as { score: number }).score)).toEqual([1, 2, 3]);
    const undone = database.unitOfWork.run(async (transaction) => {
      await outbox.add(transaction, 'proof.recorded', [{ tenantId: 'acme', data: recorded }]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(nudge).toHaveBeenCalledTimes(1);
    expect(await rows()).toHaveLength(3);
  });

  test('puts a bulk topic into the bulk lane', async () => {
    const registry = new Outbox('certificate-registry', nudge);
    const event = { tenantId: 'acme', data: requested };
    await add('certificate.requested.bulk', [event], registry);
    await add('certificate.requested', [event], registry);
    expect((await rows()).map(({ lane, topic }) => [lane, topic])).toEqual([
      [0, 'certificate.requested'],
      [1, 'certificate.requested.bulk'],
    ]);
    expect((await outboxBacklog(database.dataSource)).rows).toBe(2);
    const bulk = await outboxBacklog(database.dataSource, 'bulk');
    expect(bulk.rows).toBe(1);
    expect(bulk.oldestSeconds).toBeGreaterThan(0);
    await database.dataSource.query('TRUNCATE outbox');
    expect(await outboxBacklog(database.dataSource)).toEqual({ rows: 0, oldestSeconds: 0 });
  });

  test('is strict: data that does not fit its contract is refused whole, and not quoted', async () => {
    const good = { tenantId: 'acme', data: recorded };
    const wrong = { tenantId: 'acme', data: { ...recorded, score: 'asha@example.org' } };
    const unknown = { tenantId: 'acme', data: { ...recorded, learnerName: 'asha@example.org' } };
    for (const [event, sentence] of [
      [wrong, /^proof\.recorded\.v1: score: (?!.*asha)/],
      [unknown, /^proof\.recorded\.v1: learnerName is not in the contract$/],
    ] as const) {
      await expect(add('proof.recorded', [good, event])).rejects.toThrow(sentence);
    }
    expect(await rows()).toEqual([]);
    expect(nudge).not.toHaveBeenCalled();
  });

  test('refuses a tenant that is none: whoever reads the event would bury it', async () => {
    await expect(add('proof.recorded', [{ tenantId: 'Not A Tenant', data: recorded }])).rejects.toThrow('tenantId');
    await expect(add('proof.recorded', [{ data: recorded }])).rejects.toThrow('tenantId');
  });

  test('refuses a producer that the contract does not name, a topic and a type that it does not have', async () => {
    const event = { tenantId: 'acme', data: requested };
    await expect(add('certificate.requested', [event])).rejects.toThrow(
      'proof-recorder is not among the producers of certificate.requested.v1 (libs/contracts/src/events/certificate-requested.contract.ts)',
    );
    await expect(add('no.topic', [event])).rejects.toThrow('No contract declares the topic no.topic');
    await expect(add('proof.recorded', [{ ...event, type: 'proof.recorded.v9' }])).rejects.toThrow(
      'has no type proof.recorded.v9',
    );
  });

  test('refuses what is over 256 KB, by name and size', async () => {
    const registry = new Outbox('certificate-registry', nudge);
    const event = (length: number) => ({
      tenantId: 'acme',
      data: { ...requested, claims: { text: 'x'.repeat(length) } },
    });
    const error = await add('certificate.requested', [event(262_144)], registry).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EventTooLarge);
    expect(String(error)).toMatch(/certificate\.requested\.v1 of \d+ bytes; at most 262144 can be sent/);
    await add('certificate.requested', [event(250_000)], registry);
    expect(await rows()).toHaveLength(1);
  });
});
