import type { CourseCompleted } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { RecordForeignCompletions } from './record-foreign-completions.ts';

/** What other LMSs say is recorded; what this service has said itself is recorded already. */
@Consumer()
export class OnCourseCompleted {
  constructor(private readonly recordForeignCompletions: RecordForeignCompletions) {}

  @On('course.completed', { idempotency: 'own-key' })
  async record(@Payload() events: CourseCompleted[], @Ctx() slice: Slice): Promise<void> {
    await this.recordForeignCompletions.run(
      events.filter(({ source }) => source !== '/laurel/lms'),
      slice,
    );
  }
}
