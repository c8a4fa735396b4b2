import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = 'certificate_registry';

/** What tenants show of their learners, as `tenant.updated` told it. One that was not heard of shows everything. */
export class CreateKnownTenants1771300000074 implements MigrationInterface {
  readonly name = 'CreateKnownTenants1771300000074';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE known_tenant (
        tenant_id text PRIMARY KEY,
        version integer NOT NULL,
        public_data jsonb
      )`);
    const found = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
    if (found.length > 0) await runner.query(`GRANT SELECT, INSERT, UPDATE ON known_tenant TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE known_tenant');
  }
}
