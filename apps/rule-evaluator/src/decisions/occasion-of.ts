import type { Batch, ReadAward } from '../batches/batch.ts';
import type { Standing } from '../standings/standing.ts';

/** The occasion as the award's credential type names it; all of its members are known of every completion. */
export function occasionOf({ batchId, learnerId }: Standing, { course }: Batch, award: ReadAward) {
  const known = new Map([
    ['batchId', batchId],
    ['awardId', award.id],
    ['learnerId', learnerId],
    ['courseId', course.id],
  ]);
  return Object.fromEntries(
    award.credentialType.occasion.map((name) => {
      const value = known.get(name);
      if (value === undefined) throw new Error(`An award was stored whose occasion names ${name}`);
      return [name, value];
    }),
  );
}
