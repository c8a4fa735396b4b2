import type { KafkaRecord } from '@laurel/contracts';
import { NotebookBroker } from '@laurel/testing';
import { describe, expect, test } from 'vitest';
import type { BrokerAdmin } from '../broker/broker.ts';
import { readRedriven } from '../slice/read-redriven.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { redrive } from './redrive.ts';

const group = 'proof-recorder.course.completed';

interface Given {
  readonly offset: number;
  readonly tenant?: string;
  readonly errorClass?: string;
  readonly failedAt?: string;
  readonly redrive?: number;
  readonly bytes?: number;
}

function letter({
  offset,
  tenant,
  errorClass = 'permanent',
  failedAt,
  redrive: before = 0,
  bytes = 2,
}: Given): KafkaRecord {
  const said = {
    ce_id: `event-${offset}`,
    laurel_topic: 'course.completed',
    laurel_partition: '3',
    laurel_offset: String(offset * 10),
    laurel_timestamp: '1000',
    laurel_group: group,
    laurel_attempts: '3',
    laurel_error_class: errorClass,
    laurel_reason: 'score: missing',
    laurel_failed_at: failedAt ?? '2026-03-01T12:00:00.000Z',
    laurel_redrive: String(before),
    ...(tenant === undefined ? {} : { tenantid: tenant }),
  };
  const headers = Object.fromEntries(Object.entries(said).map(([name, text]) => [name, Buffer.from(text)]));
  const place = { topic: `${group}.dlq`, partition: 0, offset: String(offset), timestamp: '2000' };
  return { ...place, key: Buffer.from('key'), value: Buffer.alloc(bytes, 'x'), headers };
}

/** An admin of these topics, and of no others. */
function adminOf(topics: Record<string, KafkaRecord[]>): BrokerAdmin {
  return {
    describeTopics: async (names: string[]) =>
      new Map(names.filter((name) => name in topics).map((name) => [name, {}])),
    read: async (name: string) => topics[name] ?? [],
  } as unknown as BrokerAdmin;
}

const list = (letters: KafkaRecord[], filter = {}, redriven: KafkaRecord[] = []) =>
  listDeadLetters(adminOf({ [`${group}.dlq`]: letters, [`${group}.redrive`]: redriven }), filter);

describe('listDeadLetters', () => {
  test('reads what the headers say', async () => {
    const record = letter({ offset: 7, tenant: 'acme', errorClass: 'bug', redrive: 1 });
    const redriven = { ...record, headers: { laurel_dead_letter: Buffer.from('7') } };
    expect(await list([record], {}, [redriven, redriven, { ...redriven, headers: {} }])).toEqual([
      {
        group,
        offset: '7',
        tenantId: 'acme',
        errorClass: 'bug',
        reason: 'score: missing',
        attempts: 3,
        failedAt: new Date('2026-03-01T12:00:00Z'),
        original: { topic: 'course.completed', partition: 3, offset: '70' },
        redrive: 1,
        redriven: 2,
        record,
      },
    ]);
  });

  test('leaves out what no group of ours has buried', async () => {
    expect(await list([{ ...letter({ offset: 1 }), headers: {} }])).toEqual([]);
  });

  test.each([
    [{}, ['2', '9', '10']],
    [{ tenantId: 'acme' }, ['2']],
    [{ errorClass: 'bug' }, ['9']],
    [{ since: new Date('2026-03-02T00:00:00Z') }, ['9', '10']],
    [{ until: new Date('2026-03-02T00:00:00Z') }, ['2']],
    [{ since: new Date('2026-03-02T00:00:00Z'), until: new Date('2026-03-03T00:00:00Z') }, ['9']],
    [{ offset: '10' }, ['10']],
    [{ offset: '10', errorClass: 'bug' }, []],
  ])('filters by %j, in the order of the offsets', async (filter, offsets) => {
    const letters = [
      letter({ offset: 10, failedAt: '2026-03-03T00:00:00Z' }),
      letter({ offset: 9, failedAt: '2026-03-02T00:00:00Z', errorClass: 'bug', tenant: 'globex' }),
      letter({ offset: 2, tenant: 'acme' }),
    ];
    expect((await list(letters, filter)).map(({ offset }) => offset)).toEqual(offsets);
  });

  test('reads every group of the contracts that is on the broker, or the one that is named', async () => {
    const other = 'proof-counter.proof.recorded';
    const names = [group, other].flatMap((name) => [`${name}.dlq`, `${name}.redrive`]);
    const admin = adminOf(
      Object.fromEntries(names.map((name) => [name, name.endsWith('.dlq') ? [letter({ offset: 1 })] : []])),
    );
    expect((await listDeadLetters(admin)).map((one) => one.group).sort()).toEqual([other, group]);
    expect((await listDeadLetters(admin, { group: other })).map((one) => one.group)).toEqual([other]);
    await expect(listDeadLetters(admin, { group: 'nobody.course.completed' })).rejects.toThrow(
      /No group nobody\.course\.completed has dead letters on this broker; the contracts name .*proof-recorder\.course\.completed/,
    );
  });
});

describe('redrive', () => {
  test('writes what readRedriven puts back to where it first stood', async () => {
    const broker = new NotebookBroker();
    const [dead] = await list([letter({ offset: 7, tenant: 'acme', redrive: 1 })]);
    if (!dead) throw new Error('no letter');
    expect(await redrive(broker, [dead])).toEqual({ redriven: [dead], skipped: [] });
    const [sent] = broker.records;
    expect(sent).toMatchObject({ topic: `${group}.redrive`, key: dead.record.key, value: dead.record.value });
    expect(Object.keys(sent?.headers ?? {})).not.toContain('laurel_reason');
    expect(sent?.headers.laurel_dead_letter).toBe('7');
    const place = { topic: `${group}.redrive`, partition: 0, offset: '0', timestamp: '3000' };
    expect(readRedriven({ ...dead.record, ...place, headers: sent?.headers ?? {} })).toEqual({
      redrive: 2,
      record: {
        ...dead.record,
        topic: 'course.completed',
        partition: 3,
        offset: '70',
        timestamp: '1000',
        headers: { ce_id: Buffer.from('event-7') },
      },
    });
    expect(broker.producers).toEqual({ opened: 1, closed: 1 });
  });

  test('leaves alone what has been redriven before, unless it is told to do it again', async () => {
    const broker = new NotebookBroker();
    const before = { ...letter({ offset: 0 }), headers: { laurel_dead_letter: Buffer.from('1') } };
    const [first, second] = await list([letter({ offset: 1 }), letter({ offset: 2 })], {}, [before]);
    if (!first || !second) throw new Error('no letters');
    expect(await redrive(broker, [first, second])).toEqual({ redriven: [second], skipped: [first] });
    expect(await redrive(broker, [first])).toEqual({ redriven: [], skipped: [first] });
    expect(await redrive(broker, [first], { again: true })).toEqual({ redriven: [first], skipped: [] });
    expect(broker.records.map(({ headers }) => headers.laurel_dead_letter)).toEqual(['2', '1']);
  });

  test('sends no more than half a megabyte at once, in order, and closes its producer after a failure', async () => {
    const broker = new NotebookBroker();
    const letters = await list(
      [100, 300_000, 300_000, 900_000, 100, 100].map((bytes, offset) => letter({ offset, bytes })),
    );
    await redrive(broker, letters);
    const sent = broker.requests.map((request) => request.map(({ headers }) => headers.laurel_dead_letter));
    expect(sent).toEqual([['0', '1'], ['2'], ['3'], ['4', '5']]);
    broker.arrive = () => {
      throw new Error('the broker is gone');
    };
    await expect(redrive(broker, letters)).rejects.toThrow('the broker is gone');
    expect(broker.producers).toEqual({ opened: 2, closed: 2 });
  });
});
