import type { CourseCompleted } from '@laurel/contracts';
import { insertRows, type InsertOptions, type Transaction } from '@laurel/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { DataSource } from 'typeorm';
import type { Entry } from '../ledger/ledger.ts';

const columns = { tenant_id: 'text', enrolment_id: 'uuid', sequence: 'integer', source: 'text', event_id: 'text' };

class CreateEffect1770900000001 implements MigrationInterface {
  readonly name = 'CreateEffect1770900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE effect (
        position bigserial PRIMARY KEY,
        tenant_id text NOT NULL,
        enrolment_id uuid NOT NULL,
        sequence integer NOT NULL,
        source text NOT NULL,
        event_id text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE effect');
  }
}

/** The effects of the handlers in these tests: a row each, in their order. */
export class Effects {
  static readonly migrations = [CreateEffect1770900000001];

  constructor(private readonly dataSource: DataSource) {}

  static async write(
    transaction: Transaction,
    events: readonly CourseCompleted[],
    options: InsertOptions = {},
  ): Promise<void> {
    const rows = events.map(({ tenantId, source, id, data }) => ({
      tenant_id: tenantId,
      enrolment_id: data.enrolmentId,
      sequence: data.score ?? -1,
      source,
      event_id: id,
    }));
    await insertRows(transaction, 'effect', columns, rows, options);
  }

  async count(): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>('SELECT count(*)::int AS count FROM effect');
    return row.count;
  }

  /** For a ledger: by tenant and enrolment, in the order in which they took place. */
  async entries(): Promise<Entry[]> {
    return this.dataSource.query<Entry[]>(
      `SELECT tenant_id || '/' || enrolment_id AS key, sequence FROM effect ORDER BY position`,
    );
  }

  /** The names of the events that took effect. */
  async names(): Promise<{ tenant_id: string; source: string; event_id: string }[]> {
    return this.dataSource.query('SELECT tenant_id, source, event_id FROM effect ORDER BY position');
  }
}
