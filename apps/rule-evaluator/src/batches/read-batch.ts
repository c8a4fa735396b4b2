import type { Award, BatchUpdated } from '@laurel/contracts';
import { parseCriteria } from '@laurel/rules';
import { expiryOf } from '../decisions/expiry-of.ts';
import type { Batch, ReadAward } from './batch.ts';

/** What an occasion may name. Without the learner all learners would share one certificate. */
const occasionMembers = ['batchId', 'awardId', 'learnerId', 'courseId'];

/**
 * Reads the awards of a batch.
 *
 * @returns the batch, or why an award of it could never be decided, by the place of the award and without its values
 */
export function readBatch(data: BatchUpdated['data']): { batch: Batch } | { problem: string } {
  const awards: ReadAward[] = [];
  const ids = new Set<string>();
  for (const [at, award] of data.awards.entries()) {
    const parsed = parseCriteria(award.criteria);
    if (!parsed.ok) {
      const [first] = parsed.problems;
      return { problem: `awards.${at}.criteria: ${first?.path}: ${first?.problem}` };
    }
    const problem = ids.has(award.id) ? 'id: an award before it has the same' : problemOf(award);
    if (problem) return { problem: `awards.${at}.${problem}` };
    ids.add(award.id);
    awards.push({ ...award, criteria: parsed.criteria, attachedAt: new Date(award.attachedAt) });
  }
  return { batch: { ...data, awards } };
}

function problemOf({ credentialType }: Award): string | undefined {
  const { occasion, validity } = credentialType;
  if (!occasion.includes('learnerId')) return 'credentialType.occasion: must name learnerId';
  if (!occasion.every((name) => occasionMembers.includes(name))) {
    return `credentialType.occasion: may name only ${occasionMembers.join(', ')}`;
  }
  if (validity !== undefined && expiryOf(new Date(), validity) === undefined) {
    return 'credentialType.validity: leads beyond the year 9999';
  }
  return undefined;
}
