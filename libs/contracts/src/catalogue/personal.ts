import type { z } from 'zod';

/** The mark of a field that holds personal data; it stands in the generated JSON Schema too. */
export const personalDataMark = 'x-personal-data';

/** Marks a field as personal data: erasure deletes it, logs and headers never carry it. */
export function personal<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema.meta({ ...schema.meta(), [personalDataMark]: true }) as Schema;
}
