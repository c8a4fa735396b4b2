import { stableUuid } from './stable-uuid.ts';

/** The id of one learner in one batch: the same whoever reports it, so that all roads meet in one standing. */
export function enrolmentId(tenant: string, batch: string, learner: string): string {
  return stableUuid(tenant, 'enrolment', batch, learner);
}
