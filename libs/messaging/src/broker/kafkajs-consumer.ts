import { type Consumer, type EachBatchPayload, type Kafka, type KafkaMessage } from 'kafkajs';
import type { KafkaRecord } from '@laurel/contracts';
import type { BrokerConsumer, ConsumerOptions, FetchedPartition, NextOffset } from './broker.ts';
import { kafkajsHeaders } from './kafkajs-headers.ts';
import { kafkajsSettings } from './kafkajs-settings.ts';
import type { TopicNames } from './topic-names.ts';

/** A failure of ours inside kafkajs: it retries these, but stops for good at a TypeError of any handler. */
class HandlingFailed extends Error {
  override readonly name = 'HandlingFailed';
}

/** One member of one consumer group. */
export class KafkajsConsumer implements BrokerConsumer {
  private readonly consumer: Consumer;

  constructor(
    kafka: Kafka,
    private readonly names: TopicNames,
    private readonly options: ConsumerOptions,
    sessionTimeout: number = kafkajsSettings.consumer.sessionTimeout,
  ) {
    this.consumer = kafka.consumer({
      ...kafkajsSettings.consumer,
      sessionTimeout,
      heartbeatInterval: Math.min(kafkajsSettings.consumer.heartbeatInterval, sessionTimeout / 4),
      groupId: names.outside(options.group),
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 1_000_000 },
    });
    const { GROUP_JOIN, FETCH, HEARTBEAT, CRASH } = this.consumer.events;
    for (const event of [GROUP_JOIN, FETCH, HEARTBEAT] as const) this.consumer.on(event, () => options.onTick());
    this.consumer.on(CRASH, ({ payload }) => {
      if (!payload.restart) options.onEnd(payload.error);
    });
  }

  async start(): Promise<void> {
    await this.consumer.connect();
    // From the beginning: a new group must not miss what was said before it first came.
    await this.consumer.subscribe({
      topics: this.options.topics.map((topic) => this.names.outside(topic)),
      fromBeginning: true,
    });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.options.concurrency,
      eachBatch: (payload) => this.handOver(payload),
    });
  }

  async stop(): Promise<void> {
    await this.consumer.disconnect();
  }

  private async handOver(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const name = this.names.inside(topic);
    const fetched: FetchedPartition = {
      records: messages.map((message) => toRecord(name, partition, message)),
      heartbeat: () => payload.heartbeat(),
      resolve: ({ offset }) => payload.resolveOffset(offset),
      // The payload's own function: consumer.commitOffsets wraps a lost membership so that the runner, not
      // recognising it, stops for good.
      commit: (next) => payload.commitOffsetsIfNecessary({ topics: this.byTopic(next) }),
      isRunning: () => payload.isRunning() && !payload.isStale(),
    };
    try {
      await this.options.onFetched(fetched);
    } catch (error) {
      if (error instanceof Error && error.name.startsWith('KafkaJS')) throw error;
      throw new HandlingFailed('A slice failed outside of its handler', { cause: error });
    }
  }

  private byTopic(next: readonly NextOffset[]) {
    const topics = new Map<string, { partition: number; offset: string }[]>();
    for (const { topic, partition, offset } of next) {
      const name = this.names.outside(topic);
      topics.set(name, [...(topics.get(name) ?? []), { partition, offset }]);
    }
    return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
  }
}

function toRecord(topic: string, partition: number, message: KafkaMessage): KafkaRecord {
  const { key, value, offset, timestamp, headers } = message;
  return { topic, partition, offset, timestamp, key, value, headers: kafkajsHeaders(headers) };
}
