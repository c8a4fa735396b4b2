import type { Award, BatchUpdated } from '@laurel/contracts';
import type { Criteria } from '@laurel/rules';

/** An award whose criteria are read. */
export interface ReadAward extends Omit<Award, 'criteria' | 'attachedAt'> {
  readonly criteria: Criteria;
  readonly attachedAt: Date;
}

/** A batch as `batch.updated` told of it last. */
export interface Batch extends Omit<BatchUpdated['data'], 'awards'> {
  readonly awards: readonly ReadAward[];
}

/** Names a batch: an id is one only within its tenant. */
export interface BatchKey {
  readonly tenantId: string;
  readonly batchId: string;
}
