import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { award } from '../fields/award.ts';
import { plainText } from '../fields/plain-text.ts';
import { timeZone } from '../fields/time-zone.ts';
import { version } from '../fields/version.ts';
import { externalId } from '../identifiers/external-id.ts';
import { stableUuid } from '../identifiers/stable-uuid.ts';

const data = z.object({
  batchId: externalId,
  name: plainText(200),
  course: z.object({ id: externalId, version, title: plainText(300) }),
  timeZone: timeZone.meta({ description: 'In which its dates begin and end, and are printed' }),
  startsOn: z.iso.date(),
  endsOn: z.iso.date().optional().meta({ description: 'The last day; left out, it does not end' }),
  enrolment: z.enum(['open', 'invite-only']),
  awards: z.array(award).max(20),
});

/** A run of a course as it is now, with its awards. */
export const batchUpdated = defineContract({
  fact: 'batch.updated',
  version: 1,
  description:
    'A run of a course was made or changed; the newest record of a key is how it is now. It carries its awards.',
  topics: [{ name: 'batch.updated', retention: 'compact' }],
  producers: ['lms'],
  consumers: ['rule-evaluator'],
  key: { of: 'batch', from: (tenant, batch) => stableUuid(tenant, 'batch', batch.batchId) },
  data,
  examples: [
    {
      batchId: 'rust-101',
      name: 'Rust, spring',
      course: { id: 'rust', version: 1, title: 'Rust' },
      timeZone: 'Asia/Kolkata',
      startsOn: '2026-01-05',
      endsOn: '2026-03-31',
      enrolment: 'open',
      awards: [
        {
          id: 'a-1',
          version: 1,
          name: 'Certificate of completion',
          attachedAt: '2026-01-04T09:00:00Z',
          appliesToEarlier: false,
          criteria: { enrolment: { status: 'completed' }, score: { final: { '>=': 60 } } },
          credentialType: {
            id: 'course-completion',
            version: 1,
            occasion: ['batchId', 'awardId', 'learnerId'],
            claims: ['courseId', 'courseTitle', 'courseVersion', 'batchId', 'completedAt', 'score'],
            validity: 'P2Y',
          },
          template: { id: 'classic', version: 1, sha256: 'a'.repeat(64), mediaType: 'image/svg+xml' },
          achievement: {
            id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09',
            type: 'Course',
            name: 'Rust',
            description: 'Completed the course Rust.',
            criteria: 'Complete the course with a score of at least 60.',
          },
          issuerId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02',
          signatories: [{ name: 'Dr. Amina Diallo', title: 'Director' }],
        },
      ],
    },
    {
      batchId: 'open-run',
      name: 'For ever',
      course: { id: 'rust', version: 2, title: 'Rust' },
      timeZone: 'UTC',
      startsOn: '2026-01-05',
      enrolment: 'invite-only',
      awards: [],
    },
    {
      batchId: 'rust-102',
      name: 'Rust, autumn',
      course: { id: 'rust', version: 2, title: 'Rust' },
      timeZone: 'UTC',
      startsOn: '2026-09-07',
      enrolment: 'open',
      awards: [
        {
          id: 'a-2',
          version: 1,
          name: 'Certificate that names its course',
          attachedAt: '2026-09-01T09:00:00Z',
          appliesToEarlier: false,
          criteria: { enrolment: { status: 'completed' } },
          credentialType: {
            id: 'named-course',
            version: 1,
            occasion: ['batchId', 'awardId', 'learnerId'],
            claims: ['courseTitle', 'completedAt'],
            terms: ['courseTitle'],
          },
          template: { id: 'classic', version: 1, sha256: 'a'.repeat(64), mediaType: 'image/svg+xml' },
          achievement: {
            id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c0c',
            name: 'Rust',
            description: 'Completed the course Rust.',
            criteria: 'Complete the course.',
          },
          issuerId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02',
          signatories: [],
        },
      ],
    },
  ],
});

export type BatchUpdated = EventOf<typeof batchUpdated>;
