import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { notEnrolled } from '../access/not-enrolled.ts';
import { notFound } from '../access/not-found.ts';
import { BatchRepository } from '../batches/batch.repository.ts';
import { CompletionRepository } from './completion.repository.ts';

/** Locks the enrolment of a learner of whom something is recorded. */
@Injectable()
export class EnrolledLearner {
  constructor(
    private readonly batches: BatchRepository,
    private readonly completions: CompletionRepository,
  ) {}

  /** Throws 404 without the batch, 409 for a learner who is not in it, or has left it. */
  async lock(transaction: Transaction, tenantId: string, batchId: string, learnerId: string): Promise<void> {
    const standing = (await this.completions.lock(transaction, tenantId, batchId, [learnerId])).get(learnerId);
    if (standing && standing.status !== 'left') return;
    if (!standing && !(await this.batches.find(tenantId, batchId))) throw notFound('batch', '/v1/batches');
    throw notEnrolled(standing && 'left');
  }
}
