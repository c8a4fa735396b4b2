import type { z } from 'zod';
import type { AppName } from '../identifiers/app-name.ts';

/** Interactive records overtake bulk ones in the outbox, and have consumers of their own. */
export type Lane = 'interactive' | 'bulk';

/** One Kafka topic of a contract. Its settings are compared with the broker's at every boot. */
export interface TopicSettings {
  readonly name: string;
  readonly partitions: number;
  /** Days a record is kept; `compact` keeps the newest record of each key. */
  readonly retention: number | 'compact';
  /** `log-append`: the broker's clock stamps the record, because its writers are strangers. */
  readonly timestamps: 'create' | 'log-append';
  readonly lane: Lane;
}

/** What a stranger's record on the wire looks like, where it differs from what consumers get. */
export interface WireForm<Data> {
  readonly schema: z.ZodType;
  /** A value without CloudEvents attributes is accepted too. */
  readonly plain: boolean;
  /** The tenant that the value names, if it names one. */
  tenantOf(value: unknown): string | undefined;
  /** The data that consumers get. */
  toData(value: unknown, tenantId: string): Data;
}

/**
 * The contract of one event type: everything that producers, consumers, operators and documents need to know of it.
 * It stands in one file, `libs/contracts/src/events/<type, with dashes>.contract.ts`.
 */
export interface Contract<Type extends string = string, Topic extends string = string, Data = unknown> {
  /** The fact, in the past tense, without its version: `course.completed`. */
  readonly fact: string;
  /** `ce_type`: the fact with its version, `course.completed.v1`. */
  readonly type: Type;
  readonly topics: readonly (TopicSettings & { readonly name: Topic })[];
  readonly producers: readonly (AppName | 'foreign-lms')[];
  readonly consumers: readonly AppName[];
  /** The thing whose order matters; its UUID is the Kafka key. Never personal data. */
  readonly key: { readonly of: string; from(tenantId: string, data: Data): string };
  /** Tolerant: unknown members are dropped. The producer's side refuses them (`assertStrict`). */
  readonly data: z.ZodType<Data>;
  readonly wire?: WireForm<Data>;
  readonly description: string;
  /** Each becomes a golden file, and stays parseable for ever. */
  readonly examples: readonly Data[];
}
