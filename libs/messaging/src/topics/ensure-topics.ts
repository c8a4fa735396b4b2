import { type Topic, topicList } from '@laurel/contracts';
import type { Broker } from '../broker/broker.ts';
import { topicDifferences } from './topic-differences.ts';

export interface TopicsReport {
  readonly created: string[];
  /** Sentences; the topic job fails if there are any. Settings that an operator chose are never altered. */
  readonly differences: string[];
}

/**
 * Creates the topics of the contracts that are missing, and compares the settings of all.
 *
 * @param options.replicas how many brokers keep each record
 * @param options.proof whether to make the topics of the two proof services too
 * @param options.topics fewer than all of them, for a test that needs a few
 */
export async function ensureTopics(
  broker: Broker,
  options: { replicas: number; proof: boolean; topics?: readonly Topic[] },
): Promise<TopicsReport> {
  const wanted = (options.topics ?? topicList()).filter((topic) => options.proof || !topic.proof);
  const names = wanted.map(({ name }) => name);
  const admin = await broker.admin();
  try {
    const found = await admin.describeTopics(names);
    const missing = wanted.filter(({ name }) => !found.has(name));
    await admin.createTopics(missing, options.replicas);
    const differences = topicDifferences(wanted, await admin.describeTopics(names));
    return { created: missing.map(({ name }) => name), differences };
  } finally {
    await admin.close();
  }
}
