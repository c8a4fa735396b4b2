import { randomBytes } from 'node:crypto';
import { freePort, waitFor, watchMachine } from '@laurel/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Broker, type BrokerAdmin, type BrokerTopic, RecordsRefused } from './broker.ts';
import { kafkajsBroker } from './kafkajs-broker.ts';

const logger = pino({ level: 'silent' });
let broker: Broker;
let admin: BrokerAdmin;

const plain: BrokerTopic = {
  name: 'plain',
  partitions: 3,
  retention: 2,
  timestamps: 'create',
  maxMessageBytes: 100_000,
};
const compact: BrokerTopic = { ...plain, name: 'compact', retention: 'compact', timestamps: 'log-append' };

beforeAll(async () => {
  const topicPrefix = `a${randomBytes(4).toString('hex')}.`;
  broker = kafkajsBroker({ brokers: inject('stack').brokers, topicPrefix, clientId: 'adapter', logger });
  admin = await broker.admin();
  await admin.createTopics([plain, compact], 1);
});
afterAll(() => admin.close());

const record = (value: string, key: string | null = 'key') => ({ topic: 'plain', key, value, headers: {} });

describe('the kafkajs adapter', () => {
  test('describes topics as they were made, and only those that are there', async () => {
    const found = await admin.describeTopics(['plain', 'compact', 'none']);
    expect(Object.fromEntries(found)).toEqual({ plain, compact });
    expect(await admin.describeTopics(['none'])).toEqual(new Map());
    await admin.createTopics([], 1);
  });

  test('reads a whole topic, and counts what a group has not committed', async () => {
    const producer = await broker.producer();
    await producer.send(['1', '2', '3', '4'].map((value) => record(value, `key-${value}`)));
    await producer.send([{ ...record('with headers'), headers: { one: 'a', many: ['a', Buffer.from('b')] } }]);
    await producer.close();
    const records = await admin.read('plain');
    expect(records.map(({ value }) => String(value)).sort()).toEqual(['1', '2', '3', '4', 'with headers']);
    expect(records.find(({ value }) => String(value) === 'with headers')).toMatchObject({
      topic: 'plain',
      headers: { one: Buffer.from('a'), many: [Buffer.from('a'), Buffer.from('b')] },
    });
    expect(await admin.lag('nobody', 'plain')).toBe(5);
    expect(await admin.read('compact')).toEqual([]);
    expect(await admin.lag('nobody', 'compact')).toBe(0);
  });

  test.each([
    ['a record that is too large', record('x'.repeat(200_000)), 'MESSAGE_TOO_LARGE'],
    ['a record without a key on a compacted topic', { ...record('x', null), topic: 'compact' }, 'INVALID_RECORD'],
  ])('says that %s is refused for good', async (_, refused, reason) => {
    const producer = await broker.producer();
    const error: unknown = await producer.send([refused]).catch((thrown: unknown) => thrown);
    await producer.close();
    expect(error).toBeInstanceOf(RecordsRefused);
    expect((error as Error).message).toBe(reason);
  });

  test('does not make a topic that nobody declared', async () => {
    const producer = await broker.producer();
    await expect(producer.send([{ ...record('x'), topic: 'undeclared' }])).rejects.toThrow();
    await producer.close();
    expect(await admin.describeTopics(['undeclared'])).toEqual(new Map());
  });

  test('knows within two seconds whether the broker answers', async () => {
    expect(await broker.answers()).toBe(true);
    const brokers = [`127.0.0.1:${await freePort()}`];
    const nobody = kafkajsBroker({ brokers, topicPrefix: '', clientId: 'adapter', logger });
    const [begun, limitOf] = [performance.now(), watchMachine()];
    expect(await nobody.answers()).toBe(false);
    expect((performance.now() - begun) / 1_000).toBeLessThan(limitOf(2.5));
    await expect(nobody.producer()).rejects.toThrow();
    await expect(nobody.admin()).rejects.toThrow();
  });

  test('a consumer that stops has left: the next one need not wait for its session to end', async () => {
    const taken: string[] = [];
    const member = () =>
      broker.consumer({
        group: 'leaving',
        topics: ['plain'],
        concurrency: 3,
        onTick: () => undefined,
        onEnd: (error) => taken.push(error.name),
        onFetched: async ({ records, commit }) => {
          taken.push(...records.map(({ value }) => String(value)));
          const [first] = records;
          const last = records.at(-1);
          if (first && last) {
            await commit([{ topic: 'plain', partition: last.partition, offset: String(BigInt(last.offset) + 1n) }]);
          }
        },
      });
    const first = member();
    await first.start();
    await waitFor(
      'the records',
      () => admin.lag('leaving', 'plain'),
      (lag) => lag === 0,
    );
    await first.stop();
    const [begun, limitOf] = [performance.now(), watchMachine()];
    const second = member();
    await second.start();
    const producer = await broker.producer();
    await producer.send([record('for the second')]);
    await producer.close();
    await waitFor(
      'the new record',
      () => taken,
      (seen) => seen.includes('for the second'),
    );
    expect((performance.now() - begun) / 1_000).toBeLessThan(limitOf(5));
    await second.stop();
  });
});
