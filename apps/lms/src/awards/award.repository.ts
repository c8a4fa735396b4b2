import type { Award } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** An award with whether it is still attached. */
export interface KeptAward {
  readonly award: Award;
  readonly attached: boolean;
}

interface Row {
  readonly state: Award;
  readonly attached: boolean;
}

const columns = 'state, detached_at IS NULL AS attached';

/** The rows of `award`. Who writes one holds the lock on its batch. */
@Injectable()
export class AwardRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The attached awards of batches, in the order in which they were first attached, by the batch's id. */
  async ofBatches(
    tenantId: string,
    batchIds: readonly string[],
    transaction?: Transaction,
  ): Promise<Map<string, Award[]>> {
    const sql = `SELECT batch_id, ${columns} FROM award
      WHERE tenant_id = $1 AND batch_id = ANY($2) AND detached_at IS NULL ORDER BY batch_id, position`;
    const parameters = [tenantId, batchIds];
    const rows: (Row & { batch_id: string })[] = await (transaction
      ? transaction.query<Row & { batch_id: string }>(sql, parameters)
      : this.dataSource.query<(Row & { batch_id: string })[]>(sql, parameters));
    const found = new Map<string, Award[]>();
    for (const { batch_id, state } of rows) found.set(batch_id, [...(found.get(batch_id) ?? []), state]);
    return found;
  }

  /** An award, attached or not. */
  async find(
    transaction: Transaction,
    tenantId: string,
    batchId: string,
    awardId: string,
  ): Promise<KeptAward | undefined> {
    const [row] = await transaction.query<Row>(
      `SELECT ${columns} FROM award WHERE tenant_id = $1 AND batch_id = $2 AND award_id = $3`,
      [tenantId, batchId, awardId],
    );
    return row && { award: row.state, attached: row.attached };
  }

  /** Writes an award as attached, over one of the same id. */
  async put(transaction: Transaction, tenantId: string, batchId: string, award: Award): Promise<void> {
    await transaction.query(
      `INSERT INTO award (tenant_id, batch_id, award_id, version, position, state)
       SELECT $1, $2, $3, $4, coalesce(max(position), 0) + 1, $5 FROM award WHERE tenant_id = $1 AND batch_id = $2
       ON CONFLICT (tenant_id, batch_id, award_id) DO UPDATE
       SET version = excluded.version, state = excluded.state, detached_at = NULL`,
      [tenantId, batchId, award.id, award.version, JSON.stringify(award)],
    );
  }

  async detach(transaction: Transaction, tenantId: string, batchId: string, awardId: string): Promise<void> {
    await transaction.query(
      'UPDATE award SET detached_at = now() WHERE tenant_id = $1 AND batch_id = $2 AND award_id = $3',
      [tenantId, batchId, awardId],
    );
  }
}
