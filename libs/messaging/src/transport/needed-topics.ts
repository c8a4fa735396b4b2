import { type AppName, catalogue, type Contract, consumerGroup, type Topic, topicList } from '@laurel/contracts';

/** The topics that an app's handlers need: each its own, and the two of its group. */
export function neededTopics(app: AppName, handled: Iterable<string>): Topic[] {
  const names = new Set<string>();
  for (const topic of handled) {
    const group = consumerGroup(app, topic);
    for (const name of [topic, `${group}.dlq`, `${group}.redrive`]) names.add(name);
  }
  for (const contract of catalogue as readonly Contract[]) {
    if (contract.producers.includes(app)) for (const { name } of contract.topics) names.add(name);
  }
  return topicList().filter(({ name }) => names.has(name));
}
