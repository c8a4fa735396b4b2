import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a tenant shows of its learners to whoever has the address of a certificate: everything, as before, until it says otherwise. */
export class ChoosePublicData1771000000005 implements MigrationInterface {
  readonly name = 'ChoosePublicData1771000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tenant ADD COLUMN public_data jsonb NOT NULL
      DEFAULT '{"recipientName": "full", "results": true, "documents": true}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE tenant DROP COLUMN public_data');
  }
}
