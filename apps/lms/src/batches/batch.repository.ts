import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A run of a course, without its awards. Dates are `YYYY-MM-DD` in its time zone. */
export interface Batch {
  readonly id: string;
  readonly name: string;
  readonly course: { readonly id: string; readonly version: number; readonly title: string };
  readonly timeZone: string;
  readonly startsOn: string;
  readonly endsOn?: string;
  readonly enrolment: 'open' | 'invite-only';
  readonly version: number;
}

interface Row {
  readonly batch_id: string;
  readonly name: string;
  readonly course_id: string;
  readonly course_version: number;
  readonly course_title: string;
  readonly time_zone: string;
  readonly starts_on: string;
  readonly ends_on: string | null;
  readonly enrolment: 'open' | 'invite-only';
  readonly version: number;
}

// As text: the driver would make a moment in the process's own zone of a date.
const columns = `batch_id, name, course_id, course_version, course_title, time_zone, starts_on::text AS starts_on,
  ends_on::text AS ends_on, enrolment, version`;

/** The rows of `batch`. */
@Injectable()
export class BatchRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(tenantId: string, batchId: string): Promise<Batch | undefined> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT ${columns} FROM batch WHERE tenant_id = $1 AND batch_id = $2`,
      [tenantId, batchId],
    );
    return row && batch(row);
  }

  /** Batches in the order of their ids, from after `after`. */
  async list(tenantId: string, after: string | undefined, limit: number): Promise<Batch[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${columns} FROM batch WHERE tenant_id = $1 AND ($2::text IS NULL OR batch_id > $2)
       ORDER BY batch_id LIMIT $3`,
      [tenantId, after ?? null, limit],
    );
    return rows.map(batch);
  }

  /**
   * Locks a batch: `update` for who changes it or its awards, `share` for who records a completion, so that each completion
   * is either counted by an award that is attached late or comes after its `attachedAt`.
   */
  async lock(
    transaction: Transaction,
    tenantId: string,
    batchId: string,
    mode: 'update' | 'share',
  ): Promise<Batch | undefined> {
    const [row] = await transaction.query<Row>(
      `SELECT ${columns} FROM batch WHERE tenant_id = $1 AND batch_id = $2 FOR ${mode === 'update' ? 'UPDATE' : 'SHARE'}`,
      [tenantId, batchId],
    );
    return row && batch(row);
  }

  /** @returns false when the tenant has a batch of this id */
  async insert(transaction: Transaction, tenantId: string, made: Omit<Batch, 'version'>): Promise<boolean> {
    const rows = await transaction.query(
      `INSERT INTO batch (tenant_id, batch_id, name, course_id, course_version, course_title, time_zone, starts_on,
         ends_on, enrolment, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
       ON CONFLICT (tenant_id, batch_id) DO NOTHING RETURNING 1`,
      [
        tenantId,
        made.id,
        made.name,
        made.course.id,
        made.course.version,
        made.course.title,
        made.timeZone,
        made.startsOn,
        made.endsOn ?? null,
        made.enrolment,
      ],
    );
    return rows.length > 0;
  }

  /** Writes what may change of a batch that the transaction has locked. */
  async update(transaction: Transaction, tenantId: string, changed: Batch): Promise<void> {
    await transaction.query(
      `UPDATE batch SET name = $3, time_zone = $4, starts_on = $5, ends_on = $6, enrolment = $7
       WHERE tenant_id = $1 AND batch_id = $2`,
      [
        tenantId,
        changed.id,
        changed.name,
        changed.timeZone,
        changed.startsOn,
        changed.endsOn ?? null,
        changed.enrolment,
      ],
    );
  }

  /** Raises the version of a batch of which something has changed: the number of its next `batch.updated`. */
  async raise(transaction: Transaction, tenantId: string, batchId: string): Promise<Batch> {
    const [row] = await transaction.query<Row>(
      `UPDATE batch SET version = version + 1 WHERE tenant_id = $1 AND batch_id = $2 RETURNING ${columns}`,
      [tenantId, batchId],
    );
    if (!row) throw new Error('A batch that is locked cannot be gone');
    return batch(row);
  }
}

function batch(row: Row): Batch {
  return {
    id: row.batch_id,
    name: row.name,
    course: { id: row.course_id, version: row.course_version, title: row.course_title },
    timeZone: row.time_zone,
    startsOn: row.starts_on,
    ...(row.ends_on === null ? {} : { endsOn: row.ends_on }),
    enrolment: row.enrolment,
    version: row.version,
  };
}
