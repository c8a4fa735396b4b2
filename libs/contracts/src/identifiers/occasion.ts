import { z } from 'zod';
import { externalId } from './external-id.ts';

/** What a certificate is for, as its credential type names it: `{batchId, awardId, learnerId}`. */
export const occasion = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must be a name'), externalId)
  .refine((members) => Object.keys(members).length > 0, 'must name at least one member')
  .meta({ minProperties: 1, description: 'What the certificate is for, as its credential type names it' });
