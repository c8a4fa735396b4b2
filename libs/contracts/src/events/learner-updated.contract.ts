import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import { personal } from '../catalogue/personal.ts';
import type { EventOf } from '../envelope/event.ts';
import { emailAddress } from '../identifiers/email-address.ts';
import { externalId } from '../identifiers/external-id.ts';
import { personName } from '../identifiers/person-name.ts';
import { stableUuid } from '../identifiers/stable-uuid.ts';

const data = z.object({
  learnerId: externalId.meta({ description: 'The person, as their maker names them' }),
  name: personal(personName).optional(),
  email: personal(emailAddress).optional(),
});

/** A learner as they are now. */
export const learnerUpdated = defineContract({
  fact: 'learner.updated',
  version: 1,
  description: 'A learner was made or changed; the newest record of a key is how they are now.',
  topics: [{ name: 'learner.updated', retention: 'compact' }],
  producers: ['lms'],
  consumers: ['rule-evaluator'],
  key: { of: 'learner', from: (tenant, learner) => stableUuid(tenant, 'learner', learner.learnerId) },
  data,
  examples: [{ learnerId: 'asha@example.org', name: 'आशा', email: 'asha@example.org' }, { learnerId: 'L-7' }],
});

export type LearnerUpdated = EventOf<typeof learnerUpdated>;
