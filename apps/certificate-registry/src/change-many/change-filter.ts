import { certificateStates } from '@laurel/certificates';
import { externalId, instant } from '@laurel/contracts';
import { z } from 'zod';

/** Which certificates of the tenant are meant: those that fit every member. */
export const changeFilter = z
  .object({
    batchId: externalId.optional(),
    learnerId: externalId.optional(),
    awardId: externalId.optional(),
    credentialTypeId: externalId.optional(),
    state: z.enum(certificateStates).optional(),
    issuedFrom: instant.optional().meta({ description: 'Issued at this instant or later' }),
    issuedBefore: instant.optional().meta({ description: 'Issued before this instant' }),
  })
  .strict()
  .refine((filter) => Object.values(filter).some((value) => value !== undefined), {
    message: 'must have at least one member: a change of all certificates is never meant',
  })
  .meta({ id: 'ChangeFilter' });

/** Which certificates of the tenant are meant: those that fit every member. */
export type ChangeFilter = z.output<typeof changeFilter>;
