import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the sweeper of orphaned objects has come: per tenant the day that it sweeps, and the last object of it that it looked at. */
export class CreateObjectSweep1771300000060 implements MigrationInterface {
  readonly name = 'CreateObjectSweep1771300000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE object_sweep (
        tenant_id text PRIMARY KEY,
        day date NOT NULL,
        position text NOT NULL DEFAULT ''
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE object_sweep');
  }
}
