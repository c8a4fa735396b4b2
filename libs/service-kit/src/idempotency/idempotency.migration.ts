import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the creating POSTs of the last 24 h have made, by tenant, route and key. */
export class CreateIdempotency1770000000003 implements MigrationInterface {
  readonly name = 'CreateIdempotency1770000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency (
        tenant_id text NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        request_hash bytea NOT NULL,
        made_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, route, key)
      )`);
    await runner.query('CREATE INDEX idempotency_created_at ON idempotency (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency');
  }
}
