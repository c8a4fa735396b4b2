import type { z } from 'zod';
import type { Contract, TopicSettings, WireForm } from './contract.ts';

/** The settings most topics have: 12 partitions, 14 days, the producer's timestamp, interactive. */
const usual = { partitions: 12, retention: 14, timestamps: 'create', lane: 'interactive' } as const;

interface ContractInput<Fact extends string, Version extends number, Topic extends string, Schema extends z.ZodType> {
  fact: Fact;
  version: Version;
  description: string;
  topics: readonly ({ name: Topic } & Partial<Omit<TopicSettings, 'name'>>)[];
  producers: Contract['producers'];
  consumers: Contract['consumers'];
  key: { of: string; from(tenantId: string, data: z.output<Schema>): string };
  data: Schema;
  wire?: WireForm<z.output<Schema>>;
  examples: readonly z.output<Schema>[];
}

/** Makes the contract of one event type, with the usual topic settings where it names none. */
export function defineContract<
  const Fact extends string,
  const Version extends number,
  const Topic extends string,
  Schema extends z.ZodType,
>(input: ContractInput<Fact, Version, Topic, Schema>): Contract<`${Fact}.v${Version}`, Topic, z.output<Schema>> {
  return {
    fact: input.fact,
    type: `${input.fact}.v${input.version}`,
    description: input.description,
    topics: input.topics.map((topic) => ({ ...usual, ...topic })),
    producers: input.producers,
    consumers: input.consumers,
    key: input.key,
    data: input.data as z.ZodType<z.output<Schema>>,
    ...(input.wire ? { wire: input.wire } : {}),
    examples: input.examples,
  };
}
