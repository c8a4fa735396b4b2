import type { CredentialType } from '../catalogue/catalogue.repository.ts';

// What the evaluator can say of a completed enrolment.
const given = ['courseId', 'courseTitle', 'courseVersion', 'batchId', 'batchName', 'completedAt', 'score'];
const occasions = ['batchId', 'awardId', 'learnerId'];

/** Why certificates of this type cannot be awarded by a batch, as a sentence; undefined when they can. */
export function unfitType({ input, occasion }: Pick<CredentialType, 'input' | 'occasion'>): string | undefined {
  const missing = Object.entries(input).filter(([name, { required }]) => required && !given.includes(name));
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(', ');
    return `it requires ${names}, and a batch gives only ${given.join(', ')}`;
  }
  const foreign = occasion.filter((name) => !occasions.includes(name));
  if (foreign.length > 0) {
    return `its occasion names ${foreign.join(', ')}, and an occasion of a batch has only ${occasions.join(', ')}`;
  }
  return undefined;
}
