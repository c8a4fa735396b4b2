import type { CourseCompleted } from '@laurel/contracts';
import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const columns = {
  tenant_id: 'text',
  enrolment_id: 'uuid',
  batch_id: 'text',
  score: 'double precision',
  event_source: 'text',
  event_id: 'text',
};

/** The rows of `recording`. */
@Injectable()
export class RecordingRepository {
  constructor(private readonly dataSource: DataSource) {}

  async add(transaction: Transaction, events: readonly CourseCompleted[]): Promise<void> {
    const rows = events.map(({ tenantId, source, id, data }) => ({
      tenant_id: tenantId,
      enrolment_id: data.enrolmentId,
      batch_id: data.batchId,
      score: data.score,
      event_source: source,
      event_id: id,
    }));
    await insertRows(transaction, 'recording', columns, rows);
  }

  async count(): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>('SELECT count(*)::int AS count FROM recording');
    return row.count;
  }
}
