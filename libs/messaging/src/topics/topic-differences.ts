import type { Topic } from '@laurel/contracts';
import type { BrokerTopic } from '../broker/broker.ts';

/**
 * What stands between the contracts and the broker, a sentence each. More partitions than the contract names are
 * welcome: that is how operators scale.
 */
export function topicDifferences(wanted: readonly Topic[], found: ReadonlyMap<string, BrokerTopic>): string[] {
  return wanted.flatMap((topic) => {
    const actual = found.get(topic.name);
    if (!actual) {
      return [
        `The topic ${topic.name} is missing (${topic.declaredIn}). Run the topic job: it creates what is missing.`,
      ];
    }
    const differences = [
      actual.partitions < topic.partitions && `${actual.partitions} partitions instead of ${topic.partitions}`,
      actual.retention !== topic.retention && `retention ${days(actual.retention)} instead of ${days(topic.retention)}`,
      actual.timestamps !== topic.timestamps && `${actual.timestamps} timestamps instead of ${topic.timestamps}`,
      actual.maxMessageBytes < topic.maxMessageBytes &&
        `records of ${actual.maxMessageBytes} bytes at most instead of ${topic.maxMessageBytes}`,
    ].filter((difference) => difference !== false);
    if (differences.length === 0) return [];
    return [
      `The topic ${topic.name} has other settings than ${topic.declaredIn} says: ${differences.join(', ')}. ` +
        'Alter the topic on the broker, or the contract.',
    ];
  });
}

const days = (retention: number | 'compact') => (retention === 'compact' ? retention : `${retention} days`);
