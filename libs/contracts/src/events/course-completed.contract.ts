import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import { personal } from '../catalogue/personal.ts';
import type { EventOf } from '../envelope/event.ts';
import { emailAddress } from '../identifiers/email-address.ts';
import { enrolmentId } from '../identifiers/enrolment-id.ts';
import { externalId } from '../identifiers/external-id.ts';
import { personName } from '../identifiers/person-name.ts';
import { tenantId } from '../identifiers/tenant-id.ts';

const learner = z.object({
  name: personal(personName).optional(),
  email: personal(emailAddress).optional(),
});

const completion = {
  batchId: externalId.meta({ description: 'The run of the course' }),
  learnerId: externalId.meta({ description: 'The person, as the LMS names them' }),
  completedAt: z.iso.datetime({ offset: true }),
  learner: learner.optional().meta({ description: 'Fills what the LMS of Laurel does not know yet' }),
  score: z.number().min(0).max(100).optional().meta({ description: 'Percent; an attempt at the assessment `final`' }),
};

/** What a foreign LMS writes: plain JSON without headers, or the same as the data of a CloudEvent. */
const foreignCompletion = z.object({
  tenantId: tenantId.optional().meta({ description: 'Left out where the event or the installation names the tenant' }),
  ...completion,
});

const data = z.object({ enrolmentId: z.uuid(), ...completion });

/** A learner finished a run of a course. Anyone who may write the topic is trusted for every tenant. */
export const courseCompleted = defineContract({
  fact: 'course.completed',
  version: 1,
  description: 'A learner finished a run of a course.',
  topics: [{ name: 'course.completed', timestamps: 'log-append' }],
  producers: ['lms', 'foreign-lms'],
  consumers: ['lms', 'rule-evaluator', 'webhook-dispatcher', 'proof-recorder'],
  key: { of: 'enrolment', from: (_tenant, completed) => completed.enrolmentId },
  data,
  wire: {
    schema: foreignCompletion,
    plain: true,
    tenantOf: (value) => (value as z.output<typeof foreignCompletion>).tenantId,
    // The enrolment is derived, whatever the record says, so that all roads meet in one standing.
    toData(value, tenant) {
      const { tenantId: _, ...rest } = value as z.output<typeof foreignCompletion>;
      return { enrolmentId: enrolmentId(tenant, rest.batchId, rest.learnerId), ...rest };
    },
  },
  examples: [
    {
      enrolmentId: enrolmentId('acme', 'rust-101', 'asha@example.org'),
      batchId: 'rust-101',
      learnerId: 'asha@example.org',
      completedAt: '2026-03-01T12:00:00Z',
      learner: { name: 'आशा', email: 'asha@example.org' },
      score: 87.5,
    },
    {
      enrolmentId: enrolmentId('acme', 'rust-101', 'L-7'),
      batchId: 'rust-101',
      learnerId: 'L-7',
      completedAt: '2026-03-01T17:30:00+05:30',
    },
  ],
});

export type CourseCompleted = EventOf<typeof courseCompleted>;
