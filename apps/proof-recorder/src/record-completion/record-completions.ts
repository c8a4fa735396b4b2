import type { CourseCompleted } from '@laurel/contracts';
import { Outbox, Slice } from '@laurel/messaging';
import { Injectable } from '@nestjs/common';
import { RecordingRepository } from '../recordings/recording.repository.ts';

/** The batch of records that a test wants to be refused: whoever reports to it is named as a culprit. */
const refusedBatch = 'proof:refuse';
/** The batch whose records meet a bug. */
const brokenBatch = 'proof:break';

/** Records a slice of completions and says each of them, in one transaction. */
@Injectable()
export class RecordCompletions {
  constructor(
    private readonly recordings: RecordingRepository,
    private readonly outbox: Outbox,
  ) {}

  async run(events: CourseCompleted[], slice: Slice): Promise<void> {
    const kept = events.filter((event) => {
      if (event.data.batchId === brokenBatch) throw new TypeError('The proof of a bug');
      const isKept = event.data.batchId !== refusedBatch;
      if (!isKept) slice.reject(event, 'permanent', `batchId: ${refusedBatch} is refused`);
      return isKept;
    });
    await this.recordings.add(slice.transaction, kept);
    await this.outbox.add(
      slice.transaction,
      'proof.recorded',
      kept.map((event) => ({
        tenantId: event.tenantId,
        cause: event,
        data: {
          enrolmentId: event.data.enrolmentId,
          batchId: event.data.batchId,
          ...(event.data.score === undefined ? {} : { score: event.data.score }),
          recordedAt: new Date().toISOString(),
        },
      })),
    );
  }
}
