import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { externalId } from '../identifiers/external-id.ts';

const data = z.object({
  enrolmentId: z.uuid(),
  batchId: externalId,
  score: z.number().min(0).max(100).optional(),
  recordedAt: z.iso.datetime(),
});

/** What the first proof service says of every completion; it exists on proof and test stacks only. */
export const proofRecorded = defineContract({
  fact: 'proof.recorded',
  version: 1,
  description: 'The first proof service recorded a completion.',
  topics: [{ name: 'proof.recorded' }],
  producers: ['proof-recorder'],
  consumers: ['proof-counter'],
  key: { of: 'enrolment', from: (_tenant, recorded) => recorded.enrolmentId },
  data,
  examples: [
    {
      enrolmentId: '0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c07',
      batchId: 'rust-101',
      score: 87.5,
      recordedAt: '2026-03-01T12:00:00.000Z',
    },
  ],
});

export type ProofRecorded = EventOf<typeof proofRecorded>;
