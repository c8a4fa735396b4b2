import type { Award } from '@laurel/contracts';
import { EventTooLarge, Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { Problem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { AwardRepository } from '../awards/award.repository.ts';
import { type Batch, BatchRepository } from './batch.repository.ts';

/** A batch with its awards: the whole public state. */
export interface WholeBatch extends Batch {
  readonly awards: readonly Award[];
}

/** Reads whole batches, and says each change of one. */
@Injectable()
export class BatchRegistry {
  constructor(
    private readonly batches: BatchRepository,
    private readonly awards: AwardRepository,
    private readonly outbox: Outbox,
  ) {}

  async find(tenantId: string, batchId: string): Promise<WholeBatch | undefined> {
    const found = await this.batches.find(tenantId, batchId);
    return found && (await this.whole(tenantId, [found]))[0];
  }

  async list(tenantId: string, after: string | undefined, limit: number): Promise<WholeBatch[]> {
    return this.whole(tenantId, await this.batches.list(tenantId, after, limit));
  }

  /** Raises the version of a batch that was changed in this transaction, and says it whole as it is now. */
  async say(transaction: Transaction, tenantId: string, batchId: string): Promise<void> {
    const { id, version, ...state } = await this.batches.raise(transaction, tenantId, batchId);
    const awards = (await this.awards.ofBatches(tenantId, [id], transaction)).get(id) ?? [];
    try {
      const data = { batchId: id, ...state, awards };
      await this.outbox.add(transaction, 'batch.updated', [{ tenantId, sequence: version, data }]);
    } catch (error) {
      if (!(error instanceof EventTooLarge)) throw error;
      throw new Problem(422, {
        code: 'batch-too-large',
        detail: 'The batch with all its awards is over 256 KB: shorten descriptions and criteria, or detach an award.',
      });
    }
  }

  private async whole(tenantId: string, found: readonly Batch[]): Promise<WholeBatch[]> {
    const awards = await this.awards.ofBatches(
      tenantId,
      found.map(({ id }) => id),
    );
    return found.map((each) => ({ ...each, awards: awards.get(each.id) ?? [] }));
  }
}
