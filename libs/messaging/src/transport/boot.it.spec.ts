import { randomBytes } from 'node:crypto';
import { type CourseCompleted, type ProofRecorded, type Topic, topicList } from '@laurel/contracts';
import { createDatabase, type RunningConsumers, startConsumers } from '@laurel/testing';
import { Ctx, Payload } from '@nestjs/microservices';
import type { Type } from '@nestjs/common';
import { pino } from 'pino';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Broker, BrokerTopic } from '../broker/broker.ts';
import { kafkajsBroker } from '../broker/kafkajs-broker.ts';
import { ensureTopics } from '../topics/ensure-topics.ts';
import type { Slice } from '../slice/slice.ts';
import { BootRefused } from './boot-refused.ts';
import { Consumer } from './consumer.decorator.ts';
import { neededTopics } from './needed-topics.ts';
import { On } from './on.decorator.ts';

@Consumer()
class Good {
  @On('course.completed')
  async take(@Payload() _events: CourseCompleted[], @Ctx() _slice: Slice): Promise<void> {
    // Nothing: these tests are about the boot.
  }
}

@Consumer()
class Second {
  @On('course.completed')
  async takeToo(@Payload() _events: CourseCompleted[], @Ctx() _slice: Slice): Promise<void> {
    // Never called.
  }
}

@Consumer()
class Undeclared {
  @On('course.renamed' as 'course.completed')
  async take(@Payload() _events: CourseCompleted[], @Ctx() _slice: Slice): Promise<void> {
    // Never called.
  }
}

@Consumer()
class Uninvited {
  @On('proof.recorded')
  async take(@Payload() _events: ProofRecorded[], @Ctx() _slice: Slice): Promise<void> {
    // Never called.
  }
}

const here = 'libs/messaging/src/transport/boot.it.spec.ts';
const contractFile = 'libs/contracts/src/events/course-completed.contract.ts';
let databaseUrl: string;
let broker: Broker;
let running: RunningConsumers | undefined;

beforeAll(async () => {
  databaseUrl = await createDatabase(inject('stack').postgresUrl, 'boot');
});
beforeEach(() => {
  const topicPrefix = `b${randomBytes(4).toString('hex')}.`;
  const { brokers } = inject('stack');
  broker = kafkajsBroker({ brokers, topicPrefix, clientId: 'boot', logger: pino({ level: 'silent' }) });
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

async function makeTopics(change: (topic: Topic) => BrokerTopic | undefined = (topic) => topic): Promise<void> {
  const admin = await broker.admin();
  await admin.createTopics(
    neededTopics('proof-recorder', ['course.completed']).flatMap((topic) => change(topic) ?? []),
    1,
  );
  await admin.close();
}

async function start(...consumers: Type[]): Promise<RunningConsumers> {
  running = await startConsumers({ app: 'proof-recorder', broker, databaseUrl, consumers });
  return running;
}

/** The sentences of a boot that is refused. */
async function refusal(...consumers: Type[]): Promise<readonly string[]> {
  const error: unknown = await start(...consumers).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BootRefused);
  return (error as BootRefused).sentences;
}

describe('a boot', () => {
  test('is refused when two handlers take one topic, and names both', async () => {
    const [sentence, ...others] = await refusal(Good, Second);
    expect(others).toEqual([]);
    expect(sentence).toContain(`Good.take in ${here}`);
    expect(sentence).toContain(`Second.takeToo in ${here}`);
    expect(sentence).toContain('course.completed');
  });

  test('is refused for a topic without a contract, with the handler and the file that is missing', async () => {
    const [sentence, ...others] = await refusal(Good, Undeclared);
    expect(others).toEqual([]);
    expect(sentence).toContain(`Undeclared.take in ${here} takes course.renamed`);
    expect(sentence).toContain('add libs/contracts/src/events/course-renamed.contract.ts');
  });

  test('is refused when the contract does not name the app among its consumers', async () => {
    const [sentence, ...others] = await refusal(Good, Uninvited);
    expect(others).toEqual([]);
    expect(sentence).toContain(`Uninvited.take in ${here}`);
    expect(sentence).toContain('libs/contracts/src/events/proof-recorded.contract.ts does not name proof-recorder');
  });

  test('is refused when a contract names the app and no handler takes the topic', async () => {
    const [sentence, ...others] = await refusal();
    expect(others).toEqual([]);
    expect(sentence).toContain(`${contractFile} says that proof-recorder consumes course.completed`);
  });

  test('is refused for topics that are missing, with all of them at once', async () => {
    const sentences = await refusal(Good);
    expect(sentences).toHaveLength(4);
    expect(sentences.find((one) => one.includes('The topic course.completed is missing'))).toContain(contractFile);
    expect(sentences.some((one) => one.includes('proof-recorder.course.completed.dlq is missing'))).toBe(true);
    await makeTopics(({ name, ...topic }) => (name.endsWith('.redrive') ? undefined : { name, ...topic }));
    expect(await refusal(Good)).toEqual([expect.stringContaining('course.completed.redrive is missing')]);
  });

  test('is refused for topics with other settings, and says which, and what the contract says', async () => {
    await makeTopics((topic) =>
      topic.name === 'course.completed'
        ? { ...topic, partitions: 3, retention: 7, timestamps: 'create', maxMessageBytes: 1_000 }
        : topic.name === 'proof.recorded'
          ? { ...topic, retention: 'compact' }
          : topic,
    );
    const sentences = await refusal(Good);
    expect(sentences).toHaveLength(2);
    expect(sentences.find((one) => one.includes('The topic course.completed has other settings'))).toContain(
      `${contractFile} says: 3 partitions instead of 12, retention 7 days instead of 14 days, create timestamps instead of ` +
        'log-append, records of 1000 bytes at most instead of 1048588',
    );
    expect(sentences.some((one) => one.includes('retention compact instead of 14 days'))).toBe(true);
  });

  test('welcomes more partitions than the contract names', async () => {
    await makeTopics((topic) => ({ ...topic, partitions: topic.partitions + 2 }));
    expect((await start(Good)).health()).toHaveLength(1);
  });
});

describe('ensureTopics', () => {
  const topics = topicList().filter(({ name }) => name.includes('proof'));

  test('makes what is missing, alters nothing, and says what differs', async () => {
    const first = await ensureTopics(broker, { replicas: 1, proof: true, topics: topics.slice(1) });
    expect(first).toEqual({ created: topics.slice(1).map(({ name }) => name), differences: [] });
    const admin = await broker.admin();
    const [missing] = topics;
    if (!missing) throw new Error('no topics');
    await admin.createTopics([{ ...missing, retention: 3 }], 1);
    const second = await ensureTopics(broker, { replicas: 1, proof: true, topics });
    expect(second.created).toEqual([]);
    expect(second.differences).toEqual([expect.stringContaining('retention 3 days')]);
    expect((await admin.describeTopics([missing.name])).get(missing.name)?.retention).toBe(3);
    await admin.close();
  });

  test('two that come at once do not disturb each other', async () => {
    const both = await Promise.all([1, 2].map(() => ensureTopics(broker, { replicas: 1, proof: true, topics })));
    expect(both.map(({ differences }) => differences)).toEqual([[], []]);
  });

  test('leaves the topics of the proof services out where they are not wanted', async () => {
    const report = await ensureTopics(broker, {
      replicas: 1,
      proof: false,
      topics: topics.filter(({ proof }) => proof),
    });
    expect(report).toEqual({ created: [], differences: [] });
  });
});
