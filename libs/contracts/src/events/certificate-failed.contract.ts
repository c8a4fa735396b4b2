import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { certificateReference } from '../fields/certificate-reference.ts';
import { instant } from '../fields/instant.ts';
import { occasionKey } from '../identifiers/occasion-key.ts';
import { printable } from '../identifiers/printable.ts';

const data = z.object({
  ...certificateReference,
  state: z.enum(['failed', 'withdrawn']),
  requestId: z.uuid(),
  failure: z.object({
    type: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,63}$/)
      .meta({
        description:
          '`name-missing`, `does-not-fit`, `template-missing`, `template-unprintable`, `image-missing`, `image-unprintable`, ' +
          '`issuer-unknown`, `key-missing`, `credential-refused`, `print-failed`, `withdrawn`; later versions of Laurel may add to it',
      }),
    reason: printable(500),
  }),
  failedAt: instant,
});

/** It has an id and a number; unless it was withdrawn, an operator can retry it. */
export const certificateFailed = defineContract({
  fact: 'certificate.failed',
  version: 1,
  description: 'A certificate that was requested cannot be made, for a reason.',
  topics: [{ name: 'certificate.failed' }],
  producers: ['certificate-generator', 'certificate-registry'],
  consumers: ['lms', 'webhook-dispatcher'],
  key: { of: 'occasion', from: (tenant, failed) => occasionKey(tenant, failed.credentialType.id, failed.occasion) },
  data,
  examples: [
    {
      certificateId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c06',
      number: 'ACME-2026-000001',
      credentialType: { id: 'course-completion', version: 1 },
      occasion: { batchId: 'rust-101', awardId: 'a-1', learnerId: 'asha@example.org' },
      issueNumber: 1,
      award: { id: 'a-1', version: 1 },
      state: 'failed',
      requestId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c01',
      failure: {
        type: 'template-missing',
        reason: 'the object of template classic version 1 is not in the object store',
      },
      failedAt: '2026-03-01T12:00:02Z',
    },
  ],
});

export type CertificateFailed = EventOf<typeof certificateFailed>;
