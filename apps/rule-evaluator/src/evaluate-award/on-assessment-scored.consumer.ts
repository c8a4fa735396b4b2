import type { AssessmentScored } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { RecordFacts } from './record-facts.ts';

/** Every attempt is kept, and decides again what was completed. The fact has a key of its own. */
@Consumer()
export class OnAssessmentScored {
  constructor(private readonly recordFacts: RecordFacts) {}

  @On('assessment.scored', { idempotency: 'own-key' })
  async decide(@Payload() events: AssessmentScored[], @Ctx() slice: Slice): Promise<void> {
    await this.recordFacts.scores(slice.transaction, events);
  }
}
