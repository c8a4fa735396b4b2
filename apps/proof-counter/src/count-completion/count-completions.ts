import type { ProofRecorded } from '@laurel/contracts';
import { Outbox, Slice } from '@laurel/messaging';
import { Injectable } from '@nestjs/common';
import { TallyRepository } from '../tallies/tally.repository.ts';

/** Counts a slice of recorded completions per enrolment, and says each count. */
@Injectable()
export class CountCompletions {
  constructor(
    private readonly tallies: TallyRepository,
    private readonly outbox: Outbox,
  ) {}

  async run(events: ProofRecorded[], slice: Slice): Promise<void> {
    const tallies = await this.tallies.add(slice.transaction, events);
    await this.outbox.add(
      slice.transaction,
      'proof.counted',
      events.map((event) => ({
        tenantId: event.tenantId,
        cause: event,
        data: {
          enrolmentId: event.data.enrolmentId,
          completions: tallies.get(`${event.tenantId}/${event.data.enrolmentId}`) ?? 1,
        },
      })),
    );
  }
}
