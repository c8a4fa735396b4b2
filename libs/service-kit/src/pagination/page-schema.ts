import { z } from 'zod';

/** The schema of a page of these items, for the OpenAPI document. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().optional().meta({ description: 'The cursor of the next page; left out on the last' }),
  });
}
