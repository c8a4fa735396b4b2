import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';

const data = z.object({
  enrolmentId: z.uuid(),
  completions: z.number().int().min(1),
});

/** What the second proof service says of every record of the first; the end of the proof chain. */
export const proofCounted = defineContract({
  fact: 'proof.counted',
  version: 1,
  description: 'The second proof service counted the completions of one enrolment.',
  topics: [{ name: 'proof.counted' }],
  producers: ['proof-counter'],
  consumers: [],
  key: { of: 'enrolment', from: (_tenant, counted) => counted.enrolmentId },
  data,
  examples: [{ enrolmentId: '0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c07', completions: 1 }],
});

export type ProofCounted = EventOf<typeof proofCounted>;
