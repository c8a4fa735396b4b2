import { z } from 'zod';

const visible = String.raw`\p{L}\p{M}\p{N}\p{P}\p{S}`;

/**
 * A text of 1 to `max` printable characters (code points, as JSON Schema and PostgreSQL count them) that neither begins
 * nor ends with a space. One pattern says it all, so that the generated JSON Schema says the same.
 */
export function printable(max: number): z.ZodString {
  const pattern = new RegExp(`^[${visible}]([${visible} ]{0,${max - 2}}[${visible}])?$`, 'u');
  return z
    .string()
    .regex(pattern, `must be 1 to ${max} printable characters, without a space at either end`)
    .meta({ minLength: 1, maxLength: max });
}
