import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import { personal } from '../catalogue/personal.ts';
import type { EventOf } from '../envelope/event.ts';
import { achievement } from '../fields/achievement.ts';
import { evidence } from '../fields/evidence.ts';
import { instant } from '../fields/instant.ts';
import { templateMediaType } from '../fields/media-type.ts';
import { ownTerms } from '../fields/own-terms.ts';
import { sha256 } from '../fields/sha256.ts';
import { signatory } from '../fields/signatory.ts';
import { timeZone } from '../fields/time-zone.ts';
import { version } from '../fields/version.ts';
import { emailAddress } from '../identifiers/email-address.ts';
import { externalId } from '../identifiers/external-id.ts';
import { freeJson } from '../identifiers/free-json.ts';
import { occasionKey } from '../identifiers/occasion-key.ts';
import { occasion } from '../identifiers/occasion.ts';
import { personName } from '../identifiers/person-name.ts';
import { printable } from '../identifiers/printable.ts';

const data = z.object({
  requestId: z.uuid(),
  credentialType: z.object({ id: externalId, version, terms: ownTerms }),
  occasion,
  issue: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('first') }),
      z.object({ kind: z.literal('replace'), certificateId: z.uuid() }),
    ])
    .meta({ description: 'A request never carries an issue number: `first` is number 1, `replace` the next one' }),
  recipient: z.object({
    learnerId: externalId,
    name: personal(personName),
    email: personal(emailAddress).optional(),
  }),
  claims: z.record(printable(128), freeJson).meta({ description: 'Signed, as the credential type says' }),
  meta: z
    .record(printable(128), freeJson)
    .optional()
    .meta({ description: 'Not signed: what only the template shows, as the credential type says' }),
  achievement: achievement
    .optional()
    .meta({ description: 'Left out, it is made of the credential type and the claims' }),
  evidence: z
    .array(evidence)
    .min(1)
    .max(10)
    .optional()
    .meta({ description: 'What this learner made, for verifiers to look at' }),
  signatories: z.array(signatory).max(8).optional(),
  timeZone: timeZone.optional().meta({ description: 'In which dates are printed; UTC where it is left out' }),
  award: z.object({ id: externalId, version }).optional(),
  template: z.object({ id: externalId, version, sha256, mediaType: templateMediaType.optional() }).meta({
    description: 'The object `assets/<tenant>/<sha256>.<svg|html>`; SVG where no media type is given',
  }),
  issuerId: z.uuid(),
  expiresAt: instant.optional(),
  decidedAt: instant,
});

/** Complete: the generator keeps no copies and waits for no other topic. Who can write this can issue anything. */
export const certificateRequested = defineContract({
  fact: 'certificate.requested',
  version: 1,
  description: 'Someone is due a certificate; everything that its making needs is in here or named by hash.',
  topics: [{ name: 'certificate.requested' }, { name: 'certificate.requested.bulk', lane: 'bulk' }],
  producers: ['rule-evaluator', 'certificate-registry'],
  consumers: ['certificate-generator'],
  key: { of: 'occasion', from: (tenant, request) => occasionKey(tenant, request.credentialType.id, request.occasion) },
  data,
  examples: [
    {
      requestId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c01',
      credentialType: { id: 'course-completion', version: 1 },
      occasion: { batchId: 'rust-101', awardId: 'a-1', learnerId: 'asha@example.org' },
      issue: { kind: 'first' },
      recipient: { learnerId: 'asha@example.org', name: 'आशा', email: 'asha@example.org' },
      claims: { course: 'Rust', score: 87.5 },
      award: { id: 'a-1', version: 1 },
      template: { id: 'classic', version: 1, sha256: 'a'.repeat(64) },
      issuerId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02',
      decidedAt: '2026-03-01T12:00:01Z',
    },
    {
      requestId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c03',
      credentialType: { id: 'vaccination', version: 3 },
      occasion: { preEnrolmentCode: 'V-88', dose: '2' },
      issue: { kind: 'replace', certificateId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c04' },
      recipient: { learnerId: 'V-88', name: 'José' },
      claims: {},
      template: { id: 'minimal', version: 2, sha256: 'b'.repeat(64) },
      issuerId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c05',
      expiresAt: '2027-03-01T00:00:00Z',
      decidedAt: '2026-03-01T12:00:01Z',
    },
    {
      requestId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c08',
      credentialType: { id: 'course-completion', version: 1 },
      occasion: { batchId: 'rust-101', awardId: 'a-1', learnerId: 'L-7' },
      issue: { kind: 'first' },
      recipient: { learnerId: 'L-7', name: 'José Ñandú' },
      claims: { courseTitle: 'Rust', score: '87.5' },
      meta: { room: 'B-12' },
      achievement: {
        id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09',
        type: 'Course',
        name: 'Rust',
        description: 'Completed the course Rust.',
        criteria: 'Complete the course with a score of at least 60.',
      },
      award: { id: 'a-1', version: 2 },
      template: { id: 'classic', version: 1, sha256: 'a'.repeat(64), mediaType: 'image/svg+xml' },
      signatories: [
        {
          name: 'Dr. Amina Diallo',
          title: 'Director',
          signature: { sha256: 'b'.repeat(64), mediaType: 'image/png' },
        },
      ],
      timeZone: 'Asia/Kolkata',
      issuerId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02',
      decidedAt: '2026-03-01T12:00:01Z',
    },
    {
      requestId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c0a',
      credentialType: { id: 'membership', version: 2, terms: ['memberSince'] },
      occasion: { memberId: 'M-12' },
      issue: { kind: 'first' },
      recipient: { learnerId: 'M-12', name: 'José Ñandú' },
      claims: { memberId: 'M-12', memberSince: '2019-04-01' },
      template: { id: 'minimal', version: 2, sha256: 'b'.repeat(64), mediaType: 'image/svg+xml' },
      issuerId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02',
      decidedAt: '2026-03-01T12:00:01Z',
    },
  ],
});

export type CertificateRequested = EventOf<typeof certificateRequested>;
