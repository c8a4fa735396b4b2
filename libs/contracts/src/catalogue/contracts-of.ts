import { catalogue } from './catalogue.ts';
import type { Contract } from './contract.ts';

const byTopic = new Map<string, Map<string, Contract>>();
for (const contract of catalogue as readonly Contract[]) {
  for (const { name } of contract.topics) {
    const types = byTopic.get(name) ?? new Map<string, Contract>();
    byTopic.set(name, types.set(contract.type, contract));
  }
}

/** The contracts of one topic by their `ce_type`; none if no contract declares the topic. */
export function contractsOf(topic: string): ReadonlyMap<string, Contract> | undefined {
  return byTopic.get(topic);
}
