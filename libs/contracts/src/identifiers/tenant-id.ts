import { z } from 'zod';

/** A tenant's id: 2-40 characters of `a-z`, `0-9` and `-`. It may stand in keys, headers, object names and log lines. */
export const tenantId = z
  .string()
  .regex(/^[a-z0-9-]{2,40}$/, 'must be 2 to 40 characters of a-z, 0-9 and -')
  .meta({ description: 'The organisation' });
