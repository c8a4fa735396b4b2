import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { certificateReference } from '../fields/certificate-reference.ts';
import { instant } from '../fields/instant.ts';
import { namedRecipient } from '../fields/named-recipient.ts';
import { plainText } from '../fields/plain-text.ts';
import { occasionKey } from '../identifiers/occasion-key.ts';

const data = z.object({
  ...certificateReference,
  state: z.literal('suspended'),
  recipient: namedRecipient,
  changedAt: instant,
  reason: plainText(500),
  until: instant.optional(),
});

/** One of the changes on `certificate.changed`; `sequence` is the version of the certificate's row. */
export const certificateSuspended = defineContract({
  fact: 'certificate.suspended',
  version: 1,
  description: 'A certificate does not hold for now.',
  topics: [{ name: 'certificate.changed' }],
  producers: ['certificate-generator', 'certificate-registry'],
  consumers: ['lms', 'webhook-dispatcher'],
  key: { of: 'occasion', from: (tenant, changed) => occasionKey(tenant, changed.credentialType.id, changed.occasion) },
  data,
  examples: [
    {
      certificateId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c06',
      number: 'ACME-2026-000001',
      credentialType: { id: 'course-completion', version: 1 },
      occasion: { batchId: 'rust-101', awardId: 'a-1', learnerId: 'asha@example.org' },
      issueNumber: 1,
      award: { id: 'a-1', version: 1 },
      state: 'suspended',
      recipient: { learnerId: 'asha@example.org', name: 'आशा' },
      changedAt: '2026-04-01T12:00:00Z',
      reason: 'Under review',
      until: '2026-06-01T00:00:00Z',
    },
  ],
});

export type CertificateSuspended = EventOf<typeof certificateSuspended>;
