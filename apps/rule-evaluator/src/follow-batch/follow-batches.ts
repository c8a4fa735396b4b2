import { isDeepStrictEqual } from 'node:util';
import type { BatchUpdated } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { BatchRepository } from '../batches/batch.repository.ts';
import { ReevaluationRepository } from '../reevaluate/reevaluation.repository.ts';
import { Reevaluator } from '../reevaluate/reevaluator.ts';

/** Keeps the newest state of batches; where their awards are new, their completions are decided again by a job. */
@Injectable()
export class FollowBatches {
  constructor(
    private readonly batches: BatchRepository,
    private readonly reevaluations: ReevaluationRepository,
    private readonly reevaluator: Reevaluator,
  ) {}

  /** @param events readable, at most one per batch */
  async run(transaction: Transaction, events: readonly BatchUpdated[]): Promise<void> {
    if (events.length === 0) return;
    const changes = await this.batches.apply(transaction, events);
    const awardsOf = new Map(events.map(({ tenantId, data }) => [`${tenantId}/${data.batchId}`, data.awards]));
    const affected = changes.filter(
      ({ tenantId, batchId, before }) => !isDeepStrictEqual(before?.awards, awardsOf.get(`${tenantId}/${batchId}`)),
    );
    const jobs = await this.reevaluations.addForBatches(transaction, affected);
    if (jobs > 0) transaction.afterCommit(() => this.reevaluator.nudge());
  }
}
