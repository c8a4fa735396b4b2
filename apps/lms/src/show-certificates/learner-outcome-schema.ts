import { clauseResult, externalId, instant, webLink } from '@laurel/contracts';
import { z } from 'zod';

/** What a learner came to for one award, or one certificate, as it is answered. */
export const learnerOutcomeSchema = z
  .object({
    outcome: z.enum(['issued', 'failed', 'withheld']),
    at: instant.meta({ description: 'When it was issued, failed or was decided' }),
    batch: z.object({ id: externalId, name: z.string().optional(), courseTitle: z.string().optional() }).optional(),
    award: z.object({ id: externalId, version: z.int(), name: z.string().optional() }).optional(),
    certificate: z
      .object({
        id: z.uuid(),
        number: z.string(),
        state: z.enum(['issued', 'suspended', 'revoked', 'superseded', 'failed', 'withdrawn']),
        reason: z.string().optional().meta({ description: 'Why it was suspended, revoked, reinstated, or failed' }),
        failureType: z.string().optional(),
        suspendedUntil: instant.optional(),
        supersedes: z.uuid().optional(),
        supersededBy: z.uuid().optional(),
        expiresAt: instant.optional(),
        links: z.object({ verify: webLink, pdf: webLink, credential: webLink }).optional(),
      })
      .optional(),
    clauses: z.array(clauseResult).optional().meta({ description: 'Of a withheld award: the reason of every clause' }),
  })
  .meta({ id: 'LearnerOutcome' });

/** What a learner came to for one award, or one certificate. */
export type LearnerOutcome = z.output<typeof learnerOutcomeSchema>;
