import type { CourseCompleted } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { Effects } from './effects.ts';
import { Script } from './script.ts';

/** The handler of most tests: an effect without a key of its own, so that a repetition would show. */
@Consumer()
export class OnCourseCompleted {
  constructor(private readonly script: Script) {}

  @On('course.completed')
  async record(@Payload() events: CourseCompleted[], @Ctx() slice: Slice): Promise<void> {
    this.script.calls.push(events);
    await this.script.act(events, slice);
    const rejected = new Set(slice.rejections.map(({ event }) => event));
    await Effects.write(
      slice.transaction,
      events.filter((event) => !rejected.has(event)),
    );
  }
}
