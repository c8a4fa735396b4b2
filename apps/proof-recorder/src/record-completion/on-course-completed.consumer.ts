import type { CourseCompleted } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { RecordCompletions } from './record-completions.ts';

/** Every completion is recorded, and the record is said. */
@Consumer()
export class OnCourseCompleted {
  constructor(private readonly recordCompletions: RecordCompletions) {}

  @On('course.completed')
  async record(@Payload() events: CourseCompleted[], @Ctx() slice: Slice): Promise<void> {
    await this.recordCompletions.run(events, slice);
  }
}
