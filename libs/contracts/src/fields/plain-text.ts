import { z } from 'zod';

/**
 * A text of 1 to `max` code points of any script that may have more than one line: joiners, line breaks and tabs, but no
 * other control characters and no lone surrogates, which PostgreSQL and PDF refuse. Space around it is dropped.
 */
export function plainText(max: number): z.ZodString {
  const pattern = new RegExp(`^[^\\p{Cc}\\p{Cs}\\s](?:[^\\p{Cc}\\p{Cs}]|[\\n\\t]){0,${max - 1}}$`, 'u');
  return z
    .string()
    .trim()
    .regex(pattern, `must be 1 to ${max} characters without control characters`)
    .meta({ minLength: 1, maxLength: max });
}
