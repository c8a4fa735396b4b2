import { z } from 'zod';
import type { Cursor } from './define-cursor.ts';

/**
 * The query of a list: `@Query({ schema: pageQuery(certificateCursor) })`. `limit` is 1 to `most` rows, `cursor` the `next`
 * of the page before.
 */
export function pageQuery<Position extends z.ZodObject>(cursor: Cursor<Position>, most = 100) {
  return z.object({
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(most)
      .default(Math.min(20, most))
      .meta({ description: 'How many at most' }),
    cursor: cursor.schema.optional().meta({ description: 'The `next` of the page before; none begins at the first' }),
  });
}
