import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a group has handled, where the effect has no key of its own. */
export class CreateInbox1770000000002 implements MigrationInterface {
  readonly name = 'CreateInbox1770000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inbox (
        consumer_group text NOT NULL,
        tenant_id text NOT NULL,
        source text NOT NULL,
        event_id text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (consumer_group, tenant_id, source, event_id)
      )`);
    // Rows come in the order of their time, so the smallest index there is finds the old ones.
    await runner.query('CREATE INDEX inbox_received_at ON inbox USING brin (received_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inbox');
  }
}
