import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = 'certificate_registry';

/** The address of an issuer's logo, which stands in its credentials and is shown by wallets. */
export class ShowIssuerLogos1771300000075 implements MigrationInterface {
  readonly name = 'ShowIssuerLogos1771300000075';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE issuer ADD COLUMN image text');
    const found = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
    if (found.length > 0) await runner.query(`GRANT UPDATE (image) ON issuer TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE issuer DROP COLUMN image');
  }
}
