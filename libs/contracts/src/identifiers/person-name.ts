import { z } from 'zod';

/**
 * A person's name: 1-200 code points of any script, joiners among them, without control characters and lone surrogates,
 * which PostgreSQL and PDF refuse. Space around it is dropped.
 */
export const personName = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cs}\s][^\p{Cc}\p{Cs}]{0,199}$/u, 'must be 1 to 200 characters without control characters')
  .meta({ minLength: 1, maxLength: 200 });
