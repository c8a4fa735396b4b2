import { clauseResult } from '@laurel/contracts';
import { z } from 'zod';

/** A decision as callers read it. */
export const shownDecision = z
  .object({
    batchId: z.string(),
    learnerId: z.string(),
    awardId: z.string().optional().meta({ description: 'Left out while its batch, or an award of it, is waited for' }),
    awardVersion: z.number().int().optional(),
    outcome: z.enum(['eligible', 'withheld', 'waiting']),
    waitingFor: z.enum(['batch', 'learner', 'name', 'score', 'award', 'late-award-job']).optional(),
    clauses: z.array(clauseResult).meta({ description: 'What each clause of the criteria came to' }),
    factsVersion: z.number().int().meta({ description: 'How many facts of the learner had arrived' }),
    requestId: z.uuid().optional().meta({ description: 'Under which the certificate was requested' }),
    decidedAt: z.iso.datetime(),
    since: z.iso.datetime().meta({ description: 'Since when the outcome is what it is' }),
  })
  .meta({ id: 'Decision' });

export type ShownDecision = z.output<typeof shownDecision>;
