import { type AppName, catalogue, type Contract, consumerGroup, contractFile, contractsOf, type Topic, topicList } from '@laurel/contracts';
import type { HandlerExtras } from './on.decorator.ts';

/** The app cannot start; each sentence names a file and what to do. */
export class BootRefused extends Error {
  override readonly name = 'BootRefused';
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

/** What is wrong between an app's handlers and the contracts, a sentence each. */
export function handlerDifferences(app: AppName, handlers: ReadonlyMap<string, HandlerExtras>): string[] {
  const sentences: string[] = [];
  for (const [topic, { file, handler }] of handlers) {
    const contracts = [...(contractsOf(topic)?.values() ?? [])];
    if (contracts.length === 0) {
      sentences.push(`${handler} in ${file} takes ${topic}, but no contract declares that topic: add libs/contracts/src/events/${topic.replaceAll('.', '-')}.contract.ts.`);
    }
    for (const contract of contracts) {
      if (contract.consumers.includes(app)) continue;
      sentences.push(`${handler} in ${file} takes ${topic}, but ${contractFile(contract)} does not name ${app} among the consumers of ${contract.type}: add it there.`);
    }
  }
  for (const contract of catalogue as readonly Contract[]) {
    if (!contract.consumers.includes(app)) continue;
    for (const { name } of contract.topics) {
      if (handlers.has(name)) continue;
      sentences.push(`${contractFile(contract)} says that ${app} consumes ${name}, but no handler of ${app} takes it: write one with @On('${name}'), or take ${app} out of the contract.`);
    }
  }
  return sentences;
}

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
