import type { ProofRecorded } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { CountCompletions } from './count-completions.ts';

/** Every record of a completion is counted, and the count is said. */
@Consumer()
export class OnProofRecorded {
  constructor(private readonly countCompletions: CountCompletions) {}

  @On('proof.recorded')
  async count(@Payload() events: ProofRecorded[], @Ctx() slice: Slice): Promise<void> {
    await this.countCompletions.run(events, slice);
  }
}
