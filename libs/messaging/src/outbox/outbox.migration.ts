import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events wait here from the commit that made them until the broker has them. Rows are deleted, not marked: Kafka keeps
 * the history, and a mark leaves an index that only grows. Vacuum comes early, because every row dies within moments.
 */
export class CreateOutbox1770000000001 implements MigrationInterface {
  readonly name = 'CreateOutbox1770000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        position bigserial NOT NULL,
        lane smallint NOT NULL,
        topic text NOT NULL,
        key text,
        value text,
        headers json NOT NULL,
        encoding text NOT NULL DEFAULT 'utf8' CHECK (encoding IN ('utf8', 'base64')),
        bytes integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (lane, position)
      ) WITH (
        autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0
      )`);
    await runner.query(`
      CREATE TABLE outbox_rejected (
        position bigint PRIMARY KEY,
        topic text NOT NULL,
        key text,
        value text,
        headers json NOT NULL,
        encoding text NOT NULL,
        created_at timestamptz NOT NULL,
        rejected_at timestamptz NOT NULL DEFAULT now(),
        reason text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox_rejected');
    await runner.query('DROP TABLE outbox');
  }
}
