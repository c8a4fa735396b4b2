import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { certificateReference } from '../fields/certificate-reference.ts';
import { instant } from '../fields/instant.ts';
import { namedRecipient } from '../fields/named-recipient.ts';
import { sha256 } from '../fields/sha256.ts';
import { webLink } from '../fields/web-link.ts';
import { occasionKey } from '../identifiers/occasion-key.ts';

const data = z.object({
  certificateId: certificateReference.certificateId,
  number: certificateReference.number,
  state: z.literal('issued'),
  requestId: z.uuid(),
  credentialType: certificateReference.credentialType,
  occasion: certificateReference.occasion,
  issueNumber: certificateReference.issueNumber,
  supersedes: z.uuid().optional().meta({ description: 'The certificate that this one takes the place of' }),
  recipient: namedRecipient,
  award: certificateReference.award,
  issuerId: z.uuid(),
  issuedAt: instant,
  expiresAt: instant.optional(),
  links: z.object({ verify: webLink, pdf: webLink, credential: webLink }),
  hashes: z.object({ pdf: sha256, credential: sha256 }),
});

/** Carries links and hashes, not the credential. */
export const certificateIssued = defineContract({
  fact: 'certificate.issued',
  version: 1,
  description: 'A certificate is signed, stored and can be verified.',
  topics: [{ name: 'certificate.issued' }],
  producers: ['certificate-generator', 'certificate-registry'],
  consumers: ['lms', 'webhook-dispatcher'],
  key: { of: 'occasion', from: (tenant, issued) => occasionKey(tenant, issued.credentialType.id, issued.occasion) },
  data,
  examples: [
    {
      certificateId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c06',
      number: 'ACME-2026-000001',
      state: 'issued',
      requestId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c01',
      credentialType: { id: 'course-completion', version: 1 },
      occasion: { batchId: 'rust-101', awardId: 'a-1', learnerId: 'asha@example.org' },
      issueNumber: 1,
      recipient: { learnerId: 'asha@example.org', name: 'आशा' },
      award: { id: 'a-1', version: 1 },
      issuerId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02',
      issuedAt: '2026-03-01T12:00:02Z',
      links: {
        verify: 'https://certificates.example/v/7Jq2',
        pdf: 'https://certificates.example/v/7Jq2.pdf',
        credential: 'https://certificates.example/v/7Jq2.json',
      },
      hashes: { pdf: 'c'.repeat(64), credential: 'd'.repeat(64) },
    },
  ],
});

export type CertificateIssued = EventOf<typeof certificateIssued>;
