import { enrolmentId } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import type { Batch } from '../batches/batch.repository.ts';
import { EnrolmentRepository, type EnrolVerdict } from '../enrolments/enrolment.repository.ts';
import { LearnerRegistry } from '../learners/learner-registry.ts';
import type { LearnerFacts } from '../learners/learner.repository.ts';

/** Enrols learners in a batch, and makes or fills those whom its tenant does not know whole. */
@Injectable()
export class EnrolLearners {
  constructor(
    private readonly learners: LearnerRegistry,
    private readonly enrolments: EnrolmentRepository,
  ) {}

  /**
   * Writes any number of learners in one go; each of them only once.
   *
   * @returns the verdict by learner id
   */
  async run(
    transaction: Transaction,
    tenantId: string,
    batch: Batch,
    source: 'http' | 'csv',
    facts: readonly LearnerFacts[],
  ): Promise<Map<string, EnrolVerdict>> {
    await this.learners.fill(transaction, tenantId, facts);
    const made = facts.map(({ learnerId }) => ({
      learnerId,
      enrolmentId: enrolmentId(tenantId, batch.id, learnerId),
    }));
    return this.enrolments.enrol(
      transaction,
      tenantId,
      { id: batch.id, courseVersion: batch.course.version },
      source,
      made,
    );
  }
}
