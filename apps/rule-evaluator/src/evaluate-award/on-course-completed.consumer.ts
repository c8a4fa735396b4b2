import type { CourseCompleted } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { RecordFacts } from './record-facts.ts';

/** Every completion is kept and decided. The fact has a key of its own, and nothing is said of one that comes again. */
@Consumer()
export class OnCourseCompleted {
  constructor(private readonly recordFacts: RecordFacts) {}

  @On('course.completed', { idempotency: 'own-key' })
  async decide(@Payload() events: CourseCompleted[], @Ctx() slice: Slice): Promise<void> {
    await this.recordFacts.completions(slice.transaction, events);
  }
}
