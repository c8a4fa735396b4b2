import type { z } from 'zod';
import { personalDataMark } from './personal-data-mark.ts';

/** Marks a field as personal data: erasure deletes it, logs and headers never carry it. */
export function personal<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema.meta({ ...schema.meta(), [personalDataMark]: true });
}
