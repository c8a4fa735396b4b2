import { type Kafka, type Message, Partitioners, type Producer } from 'kafkajs';
import type { Logger } from 'pino';
import { type BrokerProducer, type OutgoingRecord, RecordsRefused } from './broker.ts';
import type { TopicNames } from './topic-names.ts';

// Answers of the broker that no repetition changes (Kafka protocol, error codes 2, 10, 18, 32, 43, 76, 87).
const refusals = new Set([
  'CORRUPT_MESSAGE',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TIMESTAMP',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'UNSUPPORTED_COMPRESSION_TYPE',
  'INVALID_RECORD',
]);

/** One idempotent producer. It is thrown away after any failure, as {@link BrokerProducer} says. */
export class KafkajsProducer implements BrokerProducer {
  private constructor(
    private readonly producer: Producer,
    private readonly names: TopicNames,
    private readonly logger: Logger,
  ) {}

  static async connect(kafka: Kafka, names: TopicNames, logger: Logger): Promise<KafkajsProducer> {
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      // The default is without end.
      retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 2 },
    });
    try {
      await producer.connect();
    } catch (error) {
      await producer.disconnect();
      throw error;
    }
    return new KafkajsProducer(producer, names, logger);
  }

  async send(records: readonly OutgoingRecord[]): Promise<void> {
    const messages = new Map<string, Message[]>();
    for (const { topic, key, value, headers } of records) {
      const name = this.names.outside(topic);
      const list = messages.get(name) ?? [];
      list.push({ key, value, headers: { ...headers } });
      messages.set(name, list);
    }
    try {
      await this.producer.sendBatch({
        acks: -1,
        topicMessages: [...messages].map(([topic, list]) => ({ topic, messages: list })),
      });
    } catch (error) {
      const type = refusal(error);
      if (type) throw new RecordsRefused(type, { cause: error });
      throw error;
    }
  }

  async close(): Promise<void> {
    try {
      await this.producer.disconnect();
    } catch (error) {
      // It is being thrown away, most likely because the broker is gone.
      this.logger.debug({ error: (error as Error).name }, 'A producer could not say good-bye');
    }
  }
}

function refusal(error: unknown): string | undefined {
  for (let link = error; link instanceof Error; link = link.cause) {
    const { type } = link as { type?: unknown };
    if (typeof type === 'string' && refusals.has(type)) return type;
  }
  return undefined;
}
