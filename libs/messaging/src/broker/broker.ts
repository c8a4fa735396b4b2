import type { KafkaRecord, Topic } from '@laurel/contracts';

/** One record to send. Topics are named without the installation's prefix. */
export interface OutgoingRecord {
  readonly topic: string;
  readonly key: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[]>>;
}

/** The broker will never take this record (too large, malformed): repeating it is of no use. */
export class RecordsRefused extends Error {
  override readonly name = 'RecordsRefused';
}

/** Idempotent, one request in flight. After any failed send it is closed and never used again. */
export interface BrokerProducer {
  /**
   * Answers when every record is on every replica in sync, in the order given per key.
   *
   * @throws {RecordsRefused} when one of them can never be taken
   * @throws {Error} when it is not known what arrived
   */
  send(records: readonly OutgoingRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** What one fetch brought of one partition. */
export interface FetchedPartition {
  readonly records: readonly KafkaRecord[];
  /** Keeps the membership. What it throws means that the membership is lost, and must be thrown on. */
  readonly heartbeat: () => Promise<void>;
  /** The next fetch begins after this record of this partition. */
  readonly resolve: (record: KafkaRecord) => void;
  /** Commits offsets of any partitions of the group. What it throws must be thrown on. */
  readonly commit: (next: readonly NextOffset[]) => Promise<void>;
  /** False once the consumer is being stopped: unhandled records are left for the next member. */
  readonly isRunning: () => boolean;
}

/** Where a group goes on in one partition. */
export interface NextOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

export interface ConsumerOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** How many partitions are handed over at once. */
  readonly concurrency: number;
  /** Called for each partition of a fetch at the same time; returns when all its records are done with. */
  onFetched(partition: FetchedPartition): Promise<void>;
  /** A sign of life: joined, fetched, or a heartbeat answered. */
  onTick(): void;
  /** The consumer will not come back by itself. */
  onEnd(error: Error): void;
}

export interface BrokerConsumer {
  start(): Promise<void>;
  /** Takes nothing more, waits for what `onFetched` works at, leaves the group. */
  stop(): Promise<void>;
}

/** A topic as the broker has it. */
export type BrokerTopic = Omit<Topic, 'declaredIn' | 'proof'>;

export interface BrokerAdmin {
  /** The topics of these names that exist, with their settings. */
  describeTopics(names: readonly string[]): Promise<Map<string, BrokerTopic>>;
  /** Answers when each of them can be written. */
  createTopics(topics: readonly BrokerTopic[], replicas: number): Promise<void>;
  /** Every record of a topic that is there now, oldest first per partition. Joins no group that anyone else uses. */
  read(topic: string): Promise<KafkaRecord[]>;
  /** Records of the topic that the group has not committed. */
  lag(group: string, topic: string): Promise<number>;
  close(): Promise<void>;
}

/** Everything that Laurel needs of a message broker, so that the client library stays in one folder. */
export interface Broker {
  producer(): Promise<BrokerProducer>;
  consumer(options: ConsumerOptions): BrokerConsumer;
  admin(): Promise<BrokerAdmin>;
  /** Whether the broker answers a metadata request within two seconds. */
  answers(): Promise<boolean>;
}
