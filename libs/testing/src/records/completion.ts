import { enrolmentId } from '@laurel/contracts';
import type { OutgoingRecord } from '@laurel/messaging';

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
