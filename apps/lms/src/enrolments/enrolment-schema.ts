import { externalId, instant } from '@laurel/contracts';
import { z } from 'zod';

/** An enrolment as it is answered. */
export const enrolmentSchema = z
  .object({
    enrolmentId: z.uuid(),
    batchId: externalId,
    learnerId: externalId,
    status: z.enum(['enrolled', 'left', 'completed']),
    source: z.enum(['http', 'csv', 'foreign']).meta({ description: 'How the learner came in' }),
    courseVersion: z.int().optional().meta({ description: 'Of the course, as the batch had it at the enrolment' }),
    enrolledAt: instant,
    progress: z.number().meta({ description: 'Percent' }),
    completedAt: instant.optional(),
    score: z.number().optional().meta({ description: 'Percent, as the completion said it' }),
  })
  .meta({ id: 'Enrolment' });
