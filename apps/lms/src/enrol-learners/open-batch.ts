import { Problem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { notFound } from '../access/not-found.ts';
import { batchStatus } from '../batches/batch-status.ts';
import { type Batch, BatchRepository } from '../batches/batch.repository.ts';

/** Finds batches that take enrolments. */
@Injectable()
export class OpenBatch {
  constructor(private readonly batches: BatchRepository) {}

  /** Throws 404 for a batch that is not there, 409 for one that has ended. */
  async find(tenantId: string, batchId: string): Promise<Batch> {
    const batch = await this.batches.find(tenantId, batchId);
    if (!batch) throw notFound('batch', '/v1/batches');
    if (batchStatus(batch, new Date()) !== 'ended') return batch;
    throw new Problem(409, {
      code: 'batch-ended',
      detail:
        `The batch ended on ${batch.endsOn} (${batch.timeZone}) and takes no more enrolments; ` +
        'extend it by PATCH /v1/batches/{batchId} with a later endsOn, and enrol again.',
    });
  }
}
