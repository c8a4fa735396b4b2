import { z } from 'zod';

/**
 * An id of its maker (a batch, a learner): 1-128 printable characters. It may be an e-mail address, so outside of rows
 * and payloads it stands only as {@link stableUuid}.
 */
export const externalId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u, 'must be printable characters only')
  .refine((id) => id === id.trim(), 'must not begin or end with a space');
