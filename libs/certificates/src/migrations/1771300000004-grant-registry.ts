import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = 'certificate_registry';

/** Exactly what the registry does. It faces the internet: no private key, no credential and no hash is in its reach. */
const grants: Readonly<Record<string, string>> = {
  issuer: 'SELECT, INSERT, UPDATE (name, url, version)',
  issuer_key: 'SELECT (kid, issuer_id, public_jwk, created_at, retired_at)',
  certificate:
    'SELECT, UPDATE (state, version, state_reason, state_actor, state_changed_at, suspended_until, failure_type, failure_reason)',
  certificate_history: 'SELECT, INSERT',
  certificate_request: 'SELECT, INSERT',
  known_credential_type: 'SELECT, INSERT',
  known_template: 'SELECT, INSERT',
  // Both services drain the one outbox.
  outbox: 'SELECT, INSERT, DELETE',
  outbox_rejected: 'SELECT, INSERT',
  // What a group has buried stands there, whether or not its handlers use the inbox.
  inbox: 'SELECT, INSERT, UPDATE, DELETE',
  idempotency: 'SELECT, INSERT, DELETE',
  // A service looks whether its database has every migration.
  migration: 'SELECT',
};

/** Gives the registry's role its rights. The role has to be there before: who makes the database makes its roles. */
export class GrantRegistry1771300000004 implements MigrationInterface {
  readonly name = 'GrantRegistry1771300000004';

  async up(runner: QueryRunner): Promise<void> {
    if (!(await exists(runner, 'SELECT FROM pg_roles WHERE rolname = $1', role))) return;
    for (const [table, rights] of Object.entries(grants)) {
      if (await exists(runner, 'SELECT FROM pg_class WHERE oid = to_regclass($1)', table)) {
        await runner.query(`GRANT ${rights} ON "${table}" TO ${role}`);
      }
    }
    await runner.query(`GRANT USAGE ON SEQUENCE outbox_position_seq TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (!(await exists(runner, 'SELECT FROM pg_roles WHERE rolname = $1', role))) return;
    await runner.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`);
    await runner.query(`REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ${role}`);
  }
}

async function exists(runner: QueryRunner, sql: string, name: string): Promise<boolean> {
  const rows = (await runner.query(sql, [name])) as unknown[];
  return rows.length > 0;
}
