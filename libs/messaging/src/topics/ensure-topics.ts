import { setTimeout as pause } from 'node:timers/promises';
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
 */
export async function ensureTopics(
  broker: Broker,
  options: { replicas: number; proof: boolean },
): Promise<TopicsReport> {
  const wanted = topicList().filter((topic) => options.proof || !topic.proof);
  const names = wanted.map(({ name }) => name);
  const admin = await broker.admin();
  try {
    const missing = await missingTopics();
    await admin.createTopics(missing, options.replicas);
    // Metadata spreads over the brokers a moment after the answer.
    const deadline = Date.now() + 10_000;
    while ((await missingTopics()).length > 0 && Date.now() < deadline) await pause(50);
    const differences = topicDifferences(wanted, await admin.describeTopics(names));
    return { created: missing.map(({ name }) => name), differences };
  } finally {
    await admin.close();
  }

  async function missingTopics(): Promise<Topic[]> {
    const found = await admin.describeTopics(names);
    return wanted.filter(({ name }) => !found.has(name));
  }
}
