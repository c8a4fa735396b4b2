import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { instant } from '../fields/instant.ts';
import { externalId } from '../identifiers/external-id.ts';

const data = z.object({
  enrolmentId: z.uuid(),
  batchId: externalId,
  learnerId: externalId,
  assessmentId: externalId.meta({
    description: 'The test; `final` is the one that a completion with a score attempts',
  }),
  attemptId: externalId.meta({ description: 'The same attempt again replaces its score only with a later `scoredAt`' }),
  score: z.number().min(0).max(100).meta({ description: 'Percent' }),
  scoredAt: instant,
});

/** One attempt of a learner at an assessment of a batch. */
export const assessmentScored = defineContract({
  fact: 'assessment.scored',
  version: 1,
  description: 'A learner made an attempt at an assessment.',
  topics: [{ name: 'assessment.scored' }],
  producers: ['lms'],
  consumers: ['rule-evaluator', 'webhook-dispatcher'],
  key: { of: 'enrolment', from: (_tenant, scored) => scored.enrolmentId },
  data,
  examples: [
    {
      enrolmentId: '0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c07',
      batchId: 'rust-101',
      learnerId: 'L-7',
      assessmentId: 'final',
      attemptId: '1',
      score: 87.5,
      scoredAt: '2026-03-01T12:00:00Z',
    },
  ],
});

export type AssessmentScored = EventOf<typeof assessmentScored>;
