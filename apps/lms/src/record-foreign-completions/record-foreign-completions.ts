import type { CourseCompleted } from '@laurel/contracts';
import { Slice } from '@laurel/messaging';
import { Injectable } from '@nestjs/common';
import { CompletionRepository } from '../enrolments/completion.repository.ts';
import { LearnerRegistry } from '../learners/learner-registry.ts';

/**
 * Records learner, enrolment and completion of what other LMSs say, whether the batch is known or not. It never says
 * `course.completed` again: everyone has heard it.
 */
@Injectable()
export class RecordForeignCompletions {
  constructor(
    private readonly learners: LearnerRegistry,
    private readonly completions: CompletionRepository,
  ) {}

  async run(events: readonly CourseCompleted[], slice: Slice): Promise<void> {
    if (events.length === 0) return;
    await this.learners.fillFrom(
      slice.transaction,
      events.map((event) => ({ event, facts: { learnerId: event.data.learnerId, ...event.data.learner } })),
    );
    await this.completions.record(
      slice.transaction,
      events.map(({ tenantId, time, data }) => ({ tenantId, ...data, saidAt: time })),
    );
  }
}
