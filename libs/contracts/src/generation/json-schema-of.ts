import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema of what may be written: tolerant of unknown members, as consumers are, with the marks of personal data.
 * What zod knows beyond it (that a text is trimmed, that free JSON nests at most 32 levels) it leaves out.
 *
 * @param target `draft-7` where it stands inside of an AsyncAPI document, whose own dialect extends that draft
 */
export function jsonSchemaOf(schema: z.ZodType, target: 'draft-2020-12' | 'draft-7' = 'draft-2020-12'): JsonSchema {
  return z.toJSONSchema(schema, { target, io: 'input', unrepresentable: 'any' });
}
