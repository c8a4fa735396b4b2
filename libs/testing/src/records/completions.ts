import { enrolmentId } from '@laurel/contracts';
import type { OutgoingRecord } from '@laurel/messaging';
import { Ledger } from '../ledger/ledger.ts';
import { completion } from './completion.ts';

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
