import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = 'certificate_registry';

/** The issuers elsewhere whose certificates are accepted here. */
export class CreateTrustedIssuers1771300000073 implements MigrationInterface {
  readonly name = 'CreateTrustedIssuers1771300000073';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE trusted_issuer (
        -- A DID, or an https origin. Compared to the letter, and sorted so: no language has a say in who is whom.
        issuer text COLLATE "C" PRIMARY KEY,
        name text NOT NULL,
        note text,
        actor text NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    const found = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
    if (found.length > 0) await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON trusted_issuer TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE trusted_issuer');
  }
}
