import { enrolmentId } from '@laurel/contracts';
import type { Broker, OutgoingRecord } from '@laurel/messaging';
import { Ledger } from '../ledger/ledger.ts';

export interface Completions {
  readonly records: OutgoingRecord[];
  readonly ledger: Ledger;
}

/**
 * Binary CloudEvents on `course.completed`, so many of each of so many learners; the score counts up per learner, so
 * that order can be seen in the effects.
 */
export function completions(options: {
  learners: number;
  each: number;
  tenantId?: string;
  batchId?: string;
  label?: string;
}): Completions {
  const { learners, each, tenantId = 'acme', batchId = 'batch-1', label = 'L' } = options;
  const ledger = new Ledger();
  const records: OutgoingRecord[] = [];
  for (let learner = 0; learner < learners; learner++) {
    ledger.send(`${tenantId}/${enrolmentId(tenantId, batchId, `${label}-${learner}`)}`, each);
  }
  for (let score = 0; score < each; score++) {
    for (let learner = 0; learner < learners; learner++) {
      records.push(completion({ tenantId, batchId, learnerId: `${label}-${learner}`, score }));
    }
  }
  return { records, ledger };
}

/** One binary CloudEvent on `course.completed`. */
export function completion(options: {
  tenantId: string;
  batchId: string;
  learnerId: string;
  score: number;
  id?: string;
}): OutgoingRecord {
  const { tenantId, batchId, learnerId, score } = options;
  return {
    topic: 'course.completed',
    key: enrolmentId(tenantId, batchId, learnerId),
    value: JSON.stringify({ batchId, learnerId, completedAt: '2026-03-01T12:00:00Z', score }),
    headers: {
      ce_specversion: '1.0',
      ce_type: 'course.completed.v1',
      ce_source: 'urn:test-lms',
      ce_id: options.id ?? `${tenantId}/${batchId}/${learnerId}/${score}`,
      ce_tenantid: tenantId,
      'content-type': 'application/json',
    },
  };
}

/** Sends records as a foreign system would, up to 500 at a time. */
export async function sendRecords(broker: Broker, records: readonly OutgoingRecord[]): Promise<void> {
  const producer = await broker.producer();
  try {
    for (let at = 0; at < records.length; at += 500) await producer.send(records.slice(at, at + 500));
  } finally {
    await producer.close();
  }
}
