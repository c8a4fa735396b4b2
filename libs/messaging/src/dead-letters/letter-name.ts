import type { KafkaRecord } from '@laurel/contracts';

/** The name of the dead letter that a record gets if it fails: by where it first stood, and by its redrives. */
export function letterName(record: KafkaRecord, redrive: number): string {
  return `${record.topic}/${record.partition}/${record.offset}#${redrive}`;
}
