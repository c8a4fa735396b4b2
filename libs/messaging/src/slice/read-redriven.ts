import { headerText, type KafkaRecord } from '@laurel/contracts';
import { deadLetterHeaders as names } from '../dead-letters/dead-letter-headers.ts';

/**
 * A redriven record as if it came from where it first stood: a plain record keeps its name, a group its order. Any
 * other record is given back as it is.
 *
 * @returns the record, and how often it has been redriven
 */
export function readRedriven(record: KafkaRecord): { record: KafkaRecord; redrive: number } {
  if (!record.topic.endsWith('.redrive')) return { record, redrive: 0 };
  const text = (name: string) => headerText(record.headers[name]);
  const topic = text(names.topic);
  const partition = Number(text(names.partition));
  const offset = text(names.offset);
  if (topic === undefined || offset === undefined || !Number.isInteger(partition)) return { record, redrive: 1 };
  const headers = Object.fromEntries(Object.entries(record.headers).filter(([name]) => !isOurs(name)));
  return {
    record: { ...record, topic, partition, offset, timestamp: text(names.timestamp) ?? record.timestamp, headers },
    redrive: /^[1-9][0-9]{0,8}$/.test(text(names.redrive) ?? '') ? Number(text(names.redrive)) : 1,
  };
}

const ours = new Set<string>(Object.values(names));
const isOurs = (name: string) => ours.has(name);
