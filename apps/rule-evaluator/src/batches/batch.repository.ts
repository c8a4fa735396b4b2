import type { BatchUpdated } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import type { Batch, BatchKey } from './batch.ts';
import { readBatch } from './read-batch.ts';

interface Row {
  readonly tenant_id: string;
  readonly batch_id: string;
  readonly sequence: string | null;
}

/** What `batch.updated` changed: the batches that are new or have other awards have to be decided again. */
export interface BatchChange extends BatchKey {
  readonly before: BatchUpdated['data'] | undefined;
}

const separator = '\u001f';
const keyOf = (tenantId: string, batchId: string) => `${tenantId}${separator}${batchId}`;
const mostKept = 500;

/**
 * The rows of `batch`. Both sides first insert what is missing and then lock what is there, each in key order: whoever
 * inserts holds no other batch, so no two of them wait for each other.
 */
@Injectable()
export class BatchRepository {
  /** Batches as they were read last, by tenant and id; good as long as the sequence is the row's. */
  private readonly kept = new Map<string, { sequence: string; batch: Batch }>();

  /**
   * The batches as they are now, locked so that whoever changes one waits for this transaction, or has been waited for.
   *
   * @returns the known ones by {@link keyOf}; one that nobody has told of is inserted empty, and locked too
   */
  async share(
    transaction: Transaction,
    keys: readonly BatchKey[],
  ): Promise<(tenantId: string, batchId: string) => Batch | undefined> {
    const distinct = new Map(keys.map((key) => [keyOf(key.tenantId, key.batchId), key]));
    // A batch that was read has a row, and rows stay.
    await this.insertMissing(
      transaction,
      [...distinct].filter(([key]) => !this.kept.has(key)).map(([, key]) => key),
    );
    const rows = await this.lock(transaction, [...distinct.values()], 'FOR SHARE');
    if (rows.length !== distinct.size) throw new Error('A row of batch is gone; rows of batch must stay');
    const stale = rows.filter(
      ({ tenant_id, batch_id, sequence }) =>
        sequence !== null && this.kept.get(keyOf(tenant_id, batch_id))?.sequence !== sequence,
    );
    await this.read(transaction, stale);
    const known = new Map<string, Batch>();
    for (const { tenant_id, batch_id, sequence } of rows) {
      const key = keyOf(tenant_id, batch_id);
      const found = sequence === null ? undefined : this.kept.get(key);
      if (!found) continue;
      known.set(key, found.batch);
      // The least recently used one stands first.
      this.kept.delete(key);
      this.kept.set(key, found);
    }
    while (this.kept.size > mostKept) this.kept.delete(this.kept.keys().next().value ?? '');
    return (tenantId, batchId) => known.get(keyOf(tenantId, batchId));
  }

  /** Takes over the state of each batch that has a lower sequence, or none. @returns those that had */
  async apply(transaction: Transaction, events: readonly BatchUpdated[]): Promise<BatchChange[]> {
    const keys = events.map(({ tenantId, data }) => ({ tenantId, batchId: data.batchId }));
    await this.insertMissing(transaction, keys);
    await this.lock(transaction, keys, 'FOR UPDATE');
    const rows = await transaction.query<{
      tenant_id: string;
      batch_id: string;
      before: BatchUpdated['data'] | null;
    }>(
      `UPDATE batch SET sequence = given.sequence, state = given.state
       FROM unnest($1::text[], $2::text[], $3::bigint[], $4::jsonb[]) AS given(tenant_id, batch_id, sequence, state),
            batch AS before
       WHERE batch.tenant_id = given.tenant_id AND batch.batch_id = given.batch_id
         AND before.tenant_id = batch.tenant_id AND before.batch_id = batch.batch_id
         AND (batch.sequence IS NULL OR batch.sequence < given.sequence)
       RETURNING batch.tenant_id, batch.batch_id, before.state AS before`,
      [...this.columns(keys), events.map(({ sequence }) => sequence), events.map(({ data }) => JSON.stringify(data))],
    );
    return rows.map(({ tenant_id, batch_id, before }) => ({
      tenantId: tenant_id,
      batchId: batch_id,
      before: before ?? undefined,
    }));
  }

  private async insertMissing(transaction: Transaction, keys: readonly BatchKey[]): Promise<void> {
    if (keys.length === 0) return;
    await transaction.query(
      `INSERT INTO batch (tenant_id, batch_id)
       SELECT tenant_id, batch_id FROM unnest($1::text[], $2::text[]) AS key(tenant_id, batch_id)
       ORDER BY tenant_id COLLATE "C", batch_id COLLATE "C"
       ON CONFLICT DO NOTHING`,
      this.columns(keys),
    );
  }

  private async lock(
    transaction: Transaction,
    keys: readonly BatchKey[],
    strength: 'FOR SHARE' | 'FOR UPDATE',
  ): Promise<Row[]> {
    return transaction.query<Row>(
      `SELECT batch.tenant_id, batch.batch_id, batch.sequence FROM batch
       JOIN unnest($1::text[], $2::text[]) AS key(tenant_id, batch_id)
         ON batch.tenant_id = key.tenant_id AND batch.batch_id = key.batch_id
       ORDER BY batch.tenant_id, batch.batch_id ${strength} OF batch`,
      this.columns(keys),
    );
  }

  /** Under the lock, so what is read is committed and of this sequence. */
  private async read(transaction: Transaction, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    const states = await transaction.query<Row & { sequence: string; state: BatchUpdated['data'] }>(
      `SELECT batch.tenant_id, batch.batch_id, batch.sequence, batch.state FROM batch
       JOIN unnest($1::text[], $2::text[]) AS key(tenant_id, batch_id)
         ON batch.tenant_id = key.tenant_id AND batch.batch_id = key.batch_id`,
      this.columns(rows.map(({ tenant_id, batch_id }) => ({ tenantId: tenant_id, batchId: batch_id }))),
    );
    for (const { tenant_id, batch_id, sequence, state } of states) {
      const read = readBatch(state);
      if ('problem' in read) throw new Error(`A batch was stored that cannot be read: ${read.problem}`);
      this.kept.set(keyOf(tenant_id, batch_id), { sequence, batch: read.batch });
    }
  }

  private columns(keys: readonly BatchKey[]): [string[], string[]] {
    return [keys.map(({ tenantId }) => tenantId), keys.map(({ batchId }) => batchId)];
  }
}
