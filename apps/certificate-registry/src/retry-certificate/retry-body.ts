import { externalId, personName, plainText } from '@laurel/contracts';
import { z } from 'zod';

/** What an operator says to a retry; an empty one tries the same again, after a repair elsewhere. */
export const retryBody = z
  .object({
    recipient: z.object({ name: personName.optional() }).strict().optional(),
    template: z
      .object({
        id: externalId,
        version: z.int().positive().optional().meta({ description: 'The newest that is published, if left out' }),
      })
      .strict()
      .optional()
      .meta({ description: 'Where the one that was asked for is gone or cannot be printed' }),
    issuerId: z.uuid().optional().meta({
      description:
        'Where the issuer that was asked for is unknown; another one cannot be given to a certificate that has a key',
    }),
    reason: plainText(500).optional().meta({ description: 'For the history: no personal data' }),
  })
  .strict()
  .meta({ id: 'Retry' });

/** What an operator says to a retry. */
export type RetryBody = z.output<typeof retryBody>;
