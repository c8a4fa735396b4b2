import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The number of completions of each enrolment, and the journal of how it came to be, in its order. */
export class CreateTally1770200000001 implements MigrationInterface {
  readonly name = 'CreateTally1770200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tally (
        tenant_id text NOT NULL,
        enrolment_id uuid NOT NULL,
        completions integer NOT NULL,
        PRIMARY KEY (tenant_id, enrolment_id)
      )`);
    await runner.query(`
      CREATE TABLE tally_entry (
        position bigserial PRIMARY KEY,
        tenant_id text NOT NULL,
        enrolment_id uuid NOT NULL,
        score double precision,
        event_id text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tally_entry');
    await runner.query('DROP TABLE tally');
  }
}
