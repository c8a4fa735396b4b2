import type { ProofRecorded } from '@laurel/contracts';
import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const entryColumns = { tenant_id: 'text', enrolment_id: 'uuid', score: 'double precision', event_id: 'text' };

interface Tally {
  tenant_id: string;
  enrolment_id: string;
  completions: number;
}

/** The rows of `tally` and their journal. */
@Injectable()
export class TallyRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Adds one completion per event.
   *
   * @returns the new counts by `tenant/enrolment`
   */
  async add(transaction: Transaction, events: readonly ProofRecorded[]): Promise<Map<string, number>> {
    const rows = events.map(({ tenantId, id, data }) => ({
      tenant_id: tenantId,
      enrolment_id: data.enrolmentId,
      score: data.score,
      event_id: id,
    }));
    await insertRows(transaction, 'tally_entry', entryColumns, rows);
    // Grouped and sorted: a row is locked once, and in one order in every process.
    const tallies = await transaction.query<Tally>(
      `INSERT INTO tally (tenant_id, enrolment_id, completions)
       SELECT tenant_id, enrolment_id, count(*) FROM unnest($1::text[], $2::uuid[]) AS counted(tenant_id, enrolment_id)
       GROUP BY tenant_id, enrolment_id ORDER BY tenant_id, enrolment_id
       ON CONFLICT (tenant_id, enrolment_id) DO UPDATE SET completions = tally.completions + excluded.completions
       RETURNING tenant_id, enrolment_id, completions`,
      [rows.map((row) => row.tenant_id), rows.map((row) => row.enrolment_id)],
    );
    return new Map(tallies.map((tally) => [`${tally.tenant_id}/${tally.enrolment_id}`, tally.completions]));
  }

  async count(): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>('SELECT count(*)::int AS count FROM tally_entry');
    return row.count;
  }
}
