import type { AssessmentScored } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { DeliverEvents } from './deliver-events.ts';

/** Scores go to the endpoints that want them. A delivery has a key of its own. */
@Consumer()
export class OnAssessmentScored {
  constructor(private readonly deliverEvents: DeliverEvents) {}

  @On('assessment.scored', { idempotency: 'own-key' })
  async deliver(@Payload() events: AssessmentScored[], @Ctx() slice: Slice): Promise<void> {
    await this.deliverEvents.run(events, slice);
  }
}
