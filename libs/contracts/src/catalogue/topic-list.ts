import { type AppName } from '../identifiers/app-name.ts';
import { catalogue } from './catalogue.ts';
import { consumerGroup } from './consumer-group.ts';
import { contractFile } from './contract-file.ts';
import type { Contract, TopicSettings } from './contract.ts';

/** One topic of the installation: an event's, a group's dead letters, or a group's redriven records. */
export interface Topic extends Omit<TopicSettings, 'lane'> {
  /** The largest record in bytes; dead letters are larger than what they bury, by their headers. */
  readonly maxMessageBytes: number;
  /** The file that says so. */
  readonly declaredIn: string;
  /** Of the two proof services: made on proof and test stacks only. */
  readonly proof: boolean;
}

const eventBytes = 1_048_588; // Kafka's own default
const deadLetterBytes = 2 * 1024 * 1024;
const deadLetterDays = 30;

const compared = ['partitions', 'retention', 'timestamps', 'proof'] as const;

const isProof = (app: string) => app.startsWith('proof-');

/**
 * Every topic of the catalogue with its settings, in the order of its name. Throws when two contracts with a topic
 * together give it other settings: which of them the broker had would be chance.
 */
export function topicList(contracts: readonly Contract[] = catalogue): Topic[] {
  const topics = new Map<string, Topic>();
  for (const contract of contracts) {
    const declaredIn = contractFile(contract);
    const proof = contract.producers.every(isProof);
    for (const { name, partitions, retention, timestamps } of contract.topics) {
      add({ name, partitions, retention, timestamps, maxMessageBytes: eventBytes, declaredIn, proof });
      for (const app of contract.consumers) {
        for (const suffix of ['dlq', 'redrive'] as const) add(groupTopic(app, name, suffix, declaredIn));
      }
    }
  }
  return [...topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

  function add(topic: Topic): void {
    const known = topics.get(topic.name);
    const differs = known && compared.find((setting) => known[setting] !== topic[setting]);
    if (differs) {
      throw new Error(
        `${topic.declaredIn} and ${known.declaredIn} give the topic ${topic.name} other ${differs}: name the same in both.`,
      );
    }
    topics.set(topic.name, known ?? topic);
  }
}

/** The dead-letter or redrive topic of one group: one partition, so that its order is the order of the failures. */
function groupTopic(app: AppName, topic: string, suffix: 'dlq' | 'redrive', declaredIn: string): Topic {
  return {
    name: `${consumerGroup(app, topic)}.${suffix}`,
    partitions: 1,
    retention: deadLetterDays,
    timestamps: 'create',
    maxMessageBytes: deadLetterBytes,
    declaredIn,
    proof: isProof(app),
  };
}
