import { enrolmentId } from '@laurel/contracts';
import { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { notFound } from '../access/not-found.ts';
import { BatchRepository } from '../batches/batch.repository.ts';
import { CompletionRepository, type ReportedCompletion } from '../enrolments/completion.repository.ts';

/** What came of reporting one completion. */
export type CompletionVerdict = 'completed' | 'already-completed' | 'left' | 'not-enrolled';

/** Completes enrolments and says so, once for each: a completion of one that is completed changes and says nothing. */
@Injectable()
export class CompleteCourse {
  constructor(
    private readonly batches: BatchRepository,
    private readonly completions: CompletionRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Takes any number of completions in one batch, each learner once.
   *
   * @returns the verdict by learner id
   */
  async run(
    transaction: Transaction,
    tenantId: string,
    batchId: string,
    reported: readonly ReportedCompletion[],
  ): Promise<Map<string, CompletionVerdict>> {
    if (!(await this.batches.lock(transaction, tenantId, batchId, 'share'))) throw notFound('batch', '/v1/batches');
    const ids = reported.map(({ learnerId }) => learnerId);
    const standings = await this.completions.lock(transaction, tenantId, batchId, ids);
    const due = reported.filter(({ learnerId }) => standings.get(learnerId)?.status === 'enrolled');
    await this.completions.complete(transaction, tenantId, batchId, new Date(), due);
    await this.outbox.add(
      transaction,
      'course.completed',
      due.map(({ learnerId, completedAt, score }) => ({
        tenantId,
        data: {
          enrolmentId: enrolmentId(tenantId, batchId, learnerId),
          batchId,
          learnerId,
          completedAt: new Date(completedAt).toISOString(),
          ...(score === undefined ? {} : { score }),
        },
      })),
    );
    const verdicts = { enrolled: 'completed', completed: 'already-completed', left: 'left' } as const;
    return new Map(
      ids.map((id): [string, CompletionVerdict] => {
        const standing = standings.get(id);
        return [id, standing ? verdicts[standing.status] : 'not-enrolled'];
      }),
    );
  }
}
