import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { clauseResult } from '../fields/clause-result.ts';
import { instant } from '../fields/instant.ts';
import { version } from '../fields/version.ts';
import { externalId } from '../identifiers/external-id.ts';

const data = z.object({
  enrolmentId: z.uuid(),
  batchId: externalId,
  learnerId: externalId,
  award: z.object({ id: externalId, version }),
  clauses: z.array(clauseResult).min(1).max(100),
  decidedAt: instant,
});

/** Said once per learner and award, and again only when the reasons change. */
export const certificateWithheld = defineContract({
  fact: 'certificate.withheld',
  version: 1,
  description: 'A completed learner is not due an award, for reasons.',
  topics: [{ name: 'certificate.withheld' }],
  producers: ['rule-evaluator'],
  consumers: ['lms', 'webhook-dispatcher'],
  key: { of: 'enrolment', from: (_tenant, withheld) => withheld.enrolmentId },
  data,
  examples: [
    {
      enrolmentId: '0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c07',
      batchId: 'rust-101',
      learnerId: 'L-7',
      award: { id: 'a-1', version: 1 },
      clauses: [
        { clause: 'enrolment.status = completed', holds: true, reason: 'the enrolment is completed' },
        { clause: 'score.final >= 60', holds: false, reason: 'the best score is 41, below 60' },
      ],
      decidedAt: '2026-03-01T12:00:01Z',
    },
  ],
});

export type CertificateWithheld = EventOf<typeof certificateWithheld>;
