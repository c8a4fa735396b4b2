import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = 'certificate_registry';

/**
 * What the registry's requests and searches need: one request per occasion and issue number, so that two reissues at once
 * read the same one; who asked and why; an index for the states that are searched for because they are rare.
 */
export class ServeRegistry1771300000050 implements MigrationInterface {
  readonly name = 'ServeRegistry1771300000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE certificate_request ADD COLUMN actor text NOT NULL, ADD COLUMN reason text');
    await runner.query(`
      CREATE UNIQUE INDEX certificate_request_once
      ON certificate_request (tenant_id, credential_type_id, occasion_key, issue_number)`);
    await runner.query(`
      CREATE INDEX certificate_by_rare_state ON certificate (tenant_id, state, id)
      WHERE state IN ('failed', 'withdrawn', 'suspended', 'superseded', 'revoked')`);
    const hasRole = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
    const hasKeys = (await runner.query("SELECT FROM pg_class WHERE oid = to_regclass('idempotency')")) as unknown[];
    // Writing a key over its expired row, and deleting rows that another replica may be deleting, both ask for it.
    if (hasRole.length > 0 && hasKeys.length > 0) await runner.query(`GRANT UPDATE ON idempotency TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX certificate_by_rare_state');
    await runner.query('DROP INDEX certificate_request_once');
    await runner.query('ALTER TABLE certificate_request DROP COLUMN actor, DROP COLUMN reason');
  }
}
