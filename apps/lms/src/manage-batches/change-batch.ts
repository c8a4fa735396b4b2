import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from '@laurel/persistence';
import { Problem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { notFound } from '../access/not-found.ts';
import { BatchRegistry } from '../batches/batch-registry.ts';
import { type Batch, BatchRepository } from '../batches/batch.repository.ts';

/** What may be changed of a batch; `endsOn: null` makes it one that does not end. */
export type BatchChange = {
  readonly [Field in 'name' | 'timeZone' | 'startsOn' | 'enrolment']?: Batch[Field] | undefined;
} & { readonly endsOn?: string | null | undefined };

/** Changes a batch. What is equal already changes nothing and is not said. */
@Injectable()
export class ChangeBatch {
  constructor(
    private readonly batches: BatchRepository,
    private readonly registry: BatchRegistry,
  ) {}

  async run(transaction: Transaction, tenantId: string, batchId: string, change: BatchChange): Promise<void> {
    const before = await this.batches.lock(transaction, tenantId, batchId, 'update');
    if (!before) throw notFound('batch', '/v1/batches');
    const { endsOn: wasEnd, ...kept } = before;
    const end = change.endsOn === undefined ? wasEnd : (change.endsOn ?? undefined);
    const after: Batch = {
      ...kept,
      name: change.name ?? kept.name,
      timeZone: change.timeZone ?? kept.timeZone,
      startsOn: change.startsOn ?? kept.startsOn,
      enrolment: change.enrolment ?? kept.enrolment,
      ...(end === undefined ? {} : { endsOn: end }),
    };
    if (after.endsOn !== undefined && after.endsOn < after.startsOn) {
      const field = change.endsOn === undefined ? 'startsOn' : 'endsOn';
      const detail =
        field === 'endsOn'
          ? `must not be before startsOn, which is ${after.startsOn}`
          : `must not be after endsOn, which is ${after.endsOn}; change both at once`;
      throw new Problem(422, {
        code: 'dates-out-of-order',
        detail: `body /${field}: ${detail}.`,
        errors: [{ in: 'body', pointer: `/${field}`, code: 'order', detail }],
      });
    }
    if (isDeepStrictEqual(before, after)) return;
    await this.batches.update(transaction, tenantId, after);
    await this.registry.say(transaction, tenantId, batchId);
  }
}
