import type { BatchUpdated } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { readBatch } from '../batches/read-batch.ts';
import { newestOf } from '../standings/newest-of.ts';
import { FollowBatches } from './follow-batches.ts';

/** The newest state of a batch counts. One with an award that could never be decided is refused; the state before stays. */
@Consumer()
export class OnBatchUpdated {
  constructor(private readonly followBatches: FollowBatches) {}

  @On('batch.updated', { idempotency: 'own-key' })
  async follow(@Payload() events: BatchUpdated[], @Ctx() slice: Slice): Promise<void> {
    const sound = events.filter((event) => {
      const read = readBatch(event.data);
      if ('problem' in read) slice.reject(event, 'permanent', read.problem);
      return 'batch' in read;
    });
    const newest = newestOf(sound, slice, ({ data }) => data.batchId);
    await this.followBatches.run(slice.transaction, newest);
  }
}
