import type { CourseCompleted } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { DeliverEvents } from './deliver-events.ts';

/** Completions go to the endpoints that want them. A delivery has a key of its own. */
@Consumer()
export class OnCourseCompleted {
  constructor(private readonly deliverEvents: DeliverEvents) {}

  @On('course.completed', { idempotency: 'own-key' })
  async deliver(@Payload() events: CourseCompleted[], @Ctx() slice: Slice): Promise<void> {
    await this.deliverEvents.run(events, slice);
  }
}
