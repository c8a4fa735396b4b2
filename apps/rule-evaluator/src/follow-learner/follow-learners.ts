import type { LearnerUpdated } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { LearnerRepository } from '../learners/learner.repository.ts';
import { ReevaluationRepository } from '../reevaluate/reevaluation.repository.ts';
import { Reevaluator } from '../reevaluate/reevaluator.ts';

/** Keeps the newest state of learners; what waited for one of them is decided again by a job. */
@Injectable()
export class FollowLearners {
  constructor(
    private readonly learners: LearnerRepository,
    private readonly reevaluations: ReevaluationRepository,
    private readonly reevaluator: Reevaluator,
  ) {}

  /** @param events at most one per learner */
  async run(transaction: Transaction, events: readonly LearnerUpdated[]): Promise<void> {
    if (events.length === 0) return;
    const changed = await this.learners.apply(transaction, events);
    const jobs = await this.reevaluations.addForLearners(transaction, changed);
    if (jobs > 0) transaction.afterCommit(() => this.reevaluator.nudge());
  }
}
