import { z } from 'zod';
import { memberName } from '../fields/member-name.ts';
import { externalId } from './external-id.ts';

/** What a certificate is for, as its credential type names it: `{batchId, awardId, learnerId}`. */
export const occasion = z
  .record(memberName, externalId)
  .refine((members) => Object.keys(members).length > 0, 'must name at least one member')
  .meta({ minProperties: 1, description: 'What the certificate is for, as its credential type names it' });
