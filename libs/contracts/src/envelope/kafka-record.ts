/** A header's value as a client reads it: bytes, text, several of one name, or nothing. */
export type HeaderValue = Buffer | string | (Buffer | string)[] | undefined;

/** One record as it stands on a topic. Names of topics are without the installation's prefix. */
export interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Milliseconds since 1970, as Kafka writes it. */
  readonly timestamp: string;
  readonly key: Buffer | null;
  /** `null` is a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, HeaderValue>>;
}
