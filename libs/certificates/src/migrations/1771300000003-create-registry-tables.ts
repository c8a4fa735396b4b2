import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the registry keeps for its HTTP face: under which request id a certificate or its failure is read, and the
 * published credential types and templates, as their events told them (`definition` is the event's data).
 */
export class CreateRegistryTables1771300000003 implements MigrationInterface {
  readonly name = 'CreateRegistryTables1771300000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE certificate_request (
        tenant_id text NOT NULL,
        request_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('certify', 'reissue')),
        credential_type_id text NOT NULL,
        occasion_key uuid NOT NULL,
        issue_number integer NOT NULL CHECK (issue_number >= 1),
        replaces uuid,
        requested_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, request_id)
      )`);
    for (const [table, id] of [
      ['known_credential_type', 'type_id'],
      ['known_template', 'template_id'],
    ]) {
      await runner.query(`
        CREATE TABLE ${table} (
          tenant_id text NOT NULL,
          ${id} text NOT NULL,
          version integer NOT NULL,
          definition jsonb NOT NULL,
          PRIMARY KEY (tenant_id, ${id}, version)
        )`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE known_template');
    await runner.query('DROP TABLE known_credential_type');
    await runner.query('DROP TABLE certificate_request');
  }
}
