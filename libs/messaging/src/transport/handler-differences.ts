import { type AppName, catalogue, type Contract, contractFile, contractsOf } from '@laurel/contracts';
import type { HandlerExtras } from './on.decorator.ts';

/**
 * What is wrong between an app's handlers and the contracts, a sentence each.
 *
 * @param leaves topics that a process leaves to others; it has handlers for them all the same
 */
export function handlerDifferences(
  app: AppName,
  handlers: ReadonlyMap<string, HandlerExtras>,
  leaves: readonly string[] = [],
): string[] {
  const sentences = leaves
    .filter((topic) => !handlers.has(topic))
    .map(
      (topic) =>
        `${app} is told to leave ${topic}, but has no handler for it: name a topic that one of its handlers takes.`,
    );
  for (const [topic, { file, handler }] of handlers) {
    const contracts = [...(contractsOf(topic)?.values() ?? [])];
    if (contracts.length === 0) {
      sentences.push(
        `${handler} in ${file} takes ${topic}, but no contract declares that topic: add libs/contracts/src/events/${topic.replaceAll('.', '-')}.contract.ts.`,
      );
    }
    for (const contract of contracts) {
      if (contract.consumers.includes(app)) continue;
      sentences.push(
        `${handler} in ${file} takes ${topic}, but ${contractFile(contract)} does not name ${app} among the consumers of ${contract.type}: add it there.`,
      );
    }
  }
  for (const contract of catalogue as readonly Contract[]) {
    if (!contract.consumers.includes(app)) continue;
    for (const { name } of contract.topics) {
      if (handlers.has(name)) continue;
      sentences.push(
        `${contractFile(contract)} says that ${app} consumes ${name}, but no handler of ${app} takes it: write one with @On('${name}'), or take ${app} out of the contract.`,
      );
    }
  }
  return sentences;
}
