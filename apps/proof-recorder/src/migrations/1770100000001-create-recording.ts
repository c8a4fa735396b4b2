import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One row per completion that was handled. It has no unique key on purpose: this is the proof that the inbox alone lets
 * each event through once.
 */
export class CreateRecording1770100000001 implements MigrationInterface {
  readonly name = 'CreateRecording1770100000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE recording (
        position bigserial PRIMARY KEY,
        tenant_id text NOT NULL,
        enrolment_id uuid NOT NULL,
        batch_id text NOT NULL,
        score double precision,
        event_source text NOT NULL,
        event_id text NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE recording');
  }
}
