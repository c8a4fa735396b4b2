import { z } from 'zod';

/** What of its learners' personal data a tenant shows to whoever has the address of a certificate. */
export const publicData = z.object({
  recipientName: z
    .enum(['full', 'initials', 'hidden'])
    .meta({ description: 'On the verify page and in its API; a credential that somebody presents shows it anyhow' }),
  results: z.boolean().meta({ description: 'Whether scores and other results are shown' }),
  documents: z.boolean().meta({
    description: 'Whether PDF, picture and credential can be downloaded; they hold the full name and all results',
  }),
});

/** What of its learners' personal data a tenant shows. */
export type PublicData = z.output<typeof publicData>;
