import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Copies of what other services publish, by which an award is resolved when it is attached. */
export class CreateCatalogue1771000000003 implements MigrationInterface {
  readonly name = 'CreateCatalogue1771000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE credential_type (
        tenant_id text NOT NULL,
        type_id text NOT NULL,
        version integer NOT NULL,
        data jsonb NOT NULL,
        PRIMARY KEY (tenant_id, type_id, version)
      )`);
    await runner.query(`
      CREATE TABLE template (
        tenant_id text NOT NULL,
        template_id text NOT NULL,
        version integer NOT NULL,
        data jsonb NOT NULL,
        PRIMARY KEY (tenant_id, template_id, version)
      )`);
    await runner.query(`
      CREATE TABLE issuer (
        tenant_id text NOT NULL,
        issuer_id uuid NOT NULL,
        sequence integer NOT NULL,
        data jsonb NOT NULL,
        PRIMARY KEY (tenant_id, issuer_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['issuer', 'template', 'credential_type']) await runner.query(`DROP TABLE ${table}`);
  }
}
