import type { LearnerUpdated } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { newestOf } from '../standings/newest-of.ts';
import { FollowLearners } from './follow-learners.ts';

/** The newest state of a learner counts. */
@Consumer()
export class OnLearnerUpdated {
  constructor(private readonly followLearners: FollowLearners) {}

  @On('learner.updated', { idempotency: 'own-key' })
  async follow(@Payload() events: LearnerUpdated[], @Ctx() slice: Slice): Promise<void> {
    const newest = newestOf(events, slice, ({ data }) => data.learnerId);
    await this.followLearners.run(slice.transaction, newest);
  }
}
