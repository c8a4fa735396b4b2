import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { notEnrolled } from '../access/not-enrolled.ts';
import { CompleteCourse } from '../complete-course/complete-course.ts';
import { CompletionRepository } from '../enrolments/completion.repository.ts';
import { EnrolledLearner } from '../enrolments/enrolled-learner.ts';

/** Raises the progress of an enrolment; 100 percent completes it. */
@Injectable()
export class RecordProgress {
  constructor(
    private readonly enrolled: EnrolledLearner,
    private readonly completions: CompletionRepository,
    private readonly completeCourse: CompleteCourse,
  ) {}

  async run(
    transaction: Transaction,
    tenantId: string,
    batchId: string,
    learnerId: string,
    percent: number,
  ): Promise<void> {
    if (percent < 100) {
      await this.enrolled.lock(transaction, tenantId, batchId, learnerId);
      await this.completions.raise(transaction, tenantId, batchId, learnerId, percent);
      return;
    }
    const reported = { learnerId, completedAt: new Date().toISOString() };
    const verdict = (await this.completeCourse.run(transaction, tenantId, batchId, [reported])).get(learnerId);
    if (verdict === 'left') throw notEnrolled('left');
    if (verdict === 'not-enrolled') throw notEnrolled(undefined);
  }
}
