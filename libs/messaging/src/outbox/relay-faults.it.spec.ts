import { randomUUID } from 'node:crypto';
import {
  freePort,
  type MessagingDatabase,
  openDatabase,
  type Servers,
  startServers,
  TcpProxy,
  waitFor,
  watchMachine,
} from '@laurel/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Broker } from '../broker/broker.ts';
import { kafkajsBroker } from '../broker/kafkajs-broker.ts';
import { Relay } from './relay.ts';

const logger = pino({ level: 'silent' });
const warnings: string[] = [];
let servers: Servers;
let proxy: TcpProxy;
let broker: Broker;
let direct: Broker;
let database: MessagingDatabase;
let relay: Relay;

beforeAll(async () => {
  const [inside, outside] = await Promise.all([freePort(), freePort()]);
  servers = await startServers({ proxied: { port: inside, advertisedPort: outside } });
  proxy = await TcpProxy.start({ host: '127.0.0.1', port: inside }, outside);
  broker = kafkajsBroker({ brokers: [`127.0.0.1:${outside}`], topicPrefix: '', clientId: 'test', logger });
  direct = kafkajsBroker({ brokers: [servers.kafka.brokers], topicPrefix: '', clientId: 'looker', logger });
  database = await openDatabase(servers.postgres.url(), 'faults');
  const warning = pino({ level: 'warn' }, { write: (line: string) => warnings.push(line) });
  relay = new Relay({ unitOfWork: database.unitOfWork, broker, logger: warning, pollInterval: 100 });
  relay.start();
});
afterAll(async () => {
  proxy.restore();
  await relay.close();
  await database.dataSource.destroy();
  await proxy.stop();
  await servers.stop();
});

async function makeTopic(): Promise<string> {
  const name = `topic-${randomUUID()}`;
  const admin = await direct.admin();
  await admin.createTopics(
    [{ name, partitions: 3, retention: 1, timestamps: 'create', maxMessageBytes: 1_048_588 }],
    1,
  );
  await admin.close();
  return name;
}

/** Rows of four keys, numbered from a number on. */
async function write(topic: string, from: number, count: number): Promise<void> {
  const values = Array.from({ length: count }, (_, at) => from + at);
  await database.dataSource.query(
    `INSERT INTO outbox (lane, topic, key, value, headers, bytes)
     SELECT 0, $1, key, value, '{}', 100 FROM unnest($2::text[], $3::text[]) AS given(key, value)`,
    [topic, values.map((value) => `key-${value % 4}`), values.map(String)],
  );
  relay.nudge();
}

async function arrived(topic: string) {
  const admin = await direct.admin();
  try {
    return await admin.read(topic);
  } finally {
    await admin.close();
  }
}

const drained = () =>
  waitFor(
    'an empty outbox',
    () => database.dataSource.query<unknown[]>('SELECT 1 FROM outbox'),
    ({ length }) => length === 0,
  );

/** All of them, the first copies in the order of their keys. */
async function expectAll(topic: string, count: number): Promise<number> {
  const records = await arrived(topic);
  for (let key = 0; key < 4; key++) {
    const values = records.filter((record) => String(record.key) === `key-${key}`).map(({ value }) => Number(value));
    const wanted = Array.from({ length: count }, (_, at) => at).filter((value) => value % 4 === key);
    expect([...new Set(values)]).toEqual(wanted);
  }
  return records.length;
}

describe('Relay and a broker whose answers are lost', () => {
  test('the answer of a send is lost and other rows follow: nothing is lost', async () => {
    const topic = await makeTopic();
    await write(topic, 0, 20);
    await drained();
    proxy.loseAnswers();
    await write(topic, 20, 20);
    await waitFor(
      'the rows to arrive without an answer',
      () => arrived(topic),
      ({ length }) => length >= 40,
    );
    proxy.cut();
    await waitFor(
      'the send to fail',
      () => warnings,
      ({ length }) => length > 0,
    );
    // Another replica drains them, and as many others follow: to the broker the same producer would now seem to repeat
    // itself, so it would answer for them and keep none.
    await database.dataSource.query('DELETE FROM outbox');
    await write(topic, 40, 20);
    proxy.restore();
    await drained();
    await expectAll(topic, 60);
  });

  test('the answer of a send is lost: the rows are sent again, before their followers', async () => {
    const topic = await makeTopic();
    warnings.length = 0;
    await write(topic, 0, 20);
    await drained();
    proxy.loseAnswers();
    await write(topic, 20, 20);
    await waitFor(
      'the rows to arrive without an answer',
      () => arrived(topic),
      ({ length }) => length >= 40,
    );
    proxy.cut();
    await waitFor(
      'the send to fail',
      () => warnings,
      ({ length }) => length > 0,
    );
    await write(topic, 40, 20);
    proxy.restore();
    await drained();
    expect(await expectAll(topic, 60)).toBeGreaterThanOrEqual(80);
  });

  test('connections that are cut in mid-flight: nothing is lost, and it is back within three seconds', async () => {
    const topic = await makeTopic();
    let next = 0;
    for (let round = 0; round < 3; round++) {
      await write(topic, next, 40);
      proxy.cut();
      await write(topic, next + 40, 40);
      next += 80;
      proxy.restore();
      const [back, limitOf] = [performance.now(), watchMachine()];
      await drained();
      expect((performance.now() - back) / 1_000).toBeLessThan(limitOf(3));
    }
    await expectAll(topic, next);
  });

  test('a broker that is slow takes everything once', async () => {
    const topic = await makeTopic();
    proxy.slow(50);
    await write(topic, 0, 100);
    await write(topic, 100, 100);
    await drained();
    proxy.restore();
    expect(await expectAll(topic, 200)).toBe(200);
  });
});
