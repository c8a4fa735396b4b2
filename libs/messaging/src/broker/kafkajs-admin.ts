import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
// Some of kafkajs's names exist for types only when imported by name; the default import has them all.
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import type { KafkaRecord } from '@laurel/contracts';
import type { BrokerAdmin, BrokerTopic } from './broker.ts';
import { kafkajsHeaders } from './kafkajs-headers.ts';
import type { TopicNames } from './topic-names.ts';

const day = 86_400_000;
/** Milliseconds that a new topic may take until it can be written. */
const topicPatience = 60_000;

/** Topics, lags and whole topics, for the topic job, the boot check and the redrive command. */
export class KafkajsAdmin implements BrokerAdmin {
  private constructor(
    private readonly kafka: Kafka,
    private readonly admin: Admin,
    private readonly names: TopicNames,
  ) {}

  static async connect(kafka: Kafka, names: TopicNames): Promise<KafkajsAdmin> {
    const admin = kafka.admin();
    try {
      await admin.connect();
    } catch (error) {
      await admin.disconnect();
      throw error;
    }
    return new KafkajsAdmin(kafka, admin, names);
  }

  async describeTopics(names: readonly string[]): Promise<Map<string, BrokerTopic>> {
    const present = new Set(await this.admin.listTopics());
    const existing = names.map((name) => this.names.outside(name)).filter((name) => present.has(name));
    if (existing.length === 0) return new Map();
    const { topics } = await this.admin.fetchTopicMetadata({ topics: existing });
    const { resources } = await this.admin.describeConfigs({
      includeSynonyms: false,
      resources: existing.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: settingNames })),
    });
    const settings = new Map(
      resources.map(({ resourceName, configEntries }) => [
        resourceName,
        new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
      ]),
    );
    return new Map(
      topics.map(({ name, partitions }) => {
        const inside = this.names.inside(name);
        return [inside, fromSettings(inside, partitions.length, settings.get(name) ?? new Map<string, string>())];
      }),
    );
  }

  async createTopics(topics: readonly BrokerTopic[], replicas: number): Promise<void> {
    if (topics.length === 0) return;
    // waitForLeaders right after a broker's start can throw although the topics are made.
    await this.admin.createTopics({
      waitForLeaders: false,
      topics: topics.map((topic) => ({
        topic: this.names.outside(topic.name),
        numPartitions: topic.partitions,
        replicationFactor: replicas,
        configEntries: toSettings(topic),
      })),
    });
    await Promise.all(topics.map(({ name }) => this.isWritable(this.names.outside(name))));
  }

  /** Metadata names a leader a moment before it leads; asking for offsets is refused until it does. */
  private async isWritable(name: string): Promise<void> {
    const deadline = Date.now() + topicPatience;
    for (;;) {
      try {
        await this.admin.fetchTopicOffsets(name);
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await pause(50);
      }
    }
  }

  async read(topic: string): Promise<KafkaRecord[]> {
    const name = this.names.outside(topic);
    const missing = new Map(
      (await this.admin.fetchTopicOffsets(name))
        .filter(({ low, high }) => BigInt(high) > BigInt(low))
        .map(({ partition, high }) => [partition, BigInt(high)]),
    );
    const records: KafkaRecord[] = [];
    if (missing.size === 0) return records;
    // A group of its own, gone with the call: reading never moves the offsets of a real group.
    const groupId = this.names.outside(`reader.${randomUUID()}`);
    const consumer = this.kafka.consumer({ groupId, maxWaitTimeInMs: 100, allowAutoTopicCreation: false });
    try {
      await consumer.connect();
      await consumer.subscribe({ topic: name, fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
        const run = consumer.run({
          autoCommit: false,
          eachBatch: async ({ batch }) => {
            for (const { offset, timestamp, key, value, headers } of batch.messages) {
              const own = kafkajsHeaders(headers);
              records.push({ topic, partition: batch.partition, offset, timestamp, key, value, headers: own });
            }
            const end = missing.get(batch.partition);
            if (end !== undefined && BigInt(batch.lastOffset()) >= end - 1n) missing.delete(batch.partition);
            if (missing.size === 0) resolve();
          },
        });
        run.catch(reject);
      });
    } finally {
      await consumer.disconnect();
    }
    await this.admin.deleteGroups([groupId]);
    return records;
  }

  async lag(group: string, topic: string): Promise<number> {
    const outside = this.names.outside(topic);
    const ends = await this.admin.fetchTopicOffsets(outside);
    const committed = await this.admin.fetchOffsets({ groupId: this.names.outside(group), topics: [outside] });
    const at = new Map(committed.flatMap(({ partitions }) => partitions.map((p) => [p.partition, p.offset])));
    return ends.reduce((sum, { partition, low, high }) => {
      const next = BigInt(at.get(partition) ?? '-1');
      return sum + Number(BigInt(high) - (next < 0n ? BigInt(low) : next));
    }, 0);
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
  }
}

const settingNames = ['cleanup.policy', 'retention.ms', 'message.timestamp.type', 'max.message.bytes'];

function toSettings(topic: BrokerTopic) {
  const compact = topic.retention === 'compact';
  return [
    { name: 'cleanup.policy', value: compact ? 'compact' : 'delete' },
    ...(compact ? [] : [{ name: 'retention.ms', value: String(Number(topic.retention) * day) }]),
    { name: 'message.timestamp.type', value: topic.timestamps === 'log-append' ? 'LogAppendTime' : 'CreateTime' },
    { name: 'max.message.bytes', value: String(topic.maxMessageBytes) },
  ];
}

function fromSettings(name: string, partitions: number, settings: Map<string, string>): BrokerTopic {
  return {
    name,
    partitions,
    retention: settings.get('cleanup.policy') === 'compact' ? 'compact' : Number(settings.get('retention.ms')) / day,
    timestamps: settings.get('message.timestamp.type') === 'LogAppendTime' ? 'log-append' : 'create',
    maxMessageBytes: Number(settings.get('max.message.bytes')),
  };
}
