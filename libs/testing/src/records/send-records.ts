import type { Broker, OutgoingRecord } from '@laurel/messaging';

/** Sends records as a foreign system would, up to 500 at a time. */
export async function sendRecords(broker: Broker, records: readonly OutgoingRecord[]): Promise<void> {
  const producer = await broker.producer();
  try {
    for (let at = 0; at < records.length; at += 500) await producer.send(records.slice(at, at + 500));
  } finally {
    await producer.close();
  }
}
