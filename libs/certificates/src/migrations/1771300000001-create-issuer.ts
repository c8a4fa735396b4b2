import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who signs, and their keys. The private halves are sealed; the registry's role cannot read that column at all. */
export class CreateIssuer1771300000001 implements MigrationInterface {
  readonly name = 'CreateIssuer1771300000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE issuer (
        id uuid PRIMARY KEY,
        tenant_id text NOT NULL,
        name text NOT NULL,
        url text NOT NULL,
        did text NOT NULL UNIQUE,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX issuer_by_tenant ON issuer (tenant_id, id)');
    await runner.query(`
      CREATE TABLE issuer_key (
        kid text PRIMARY KEY,
        issuer_id uuid NOT NULL REFERENCES issuer (id),
        public_jwk jsonb NOT NULL,
        sealed_private bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        retired_at timestamptz
      )`);
    await runner.query('CREATE INDEX issuer_key_by_issuer ON issuer_key (issuer_id, created_at)');
    // One key of an issuer signs at a time: two workers that both find none cannot both make one.
    await runner.query('CREATE UNIQUE INDEX issuer_key_in_use ON issuer_key (issuer_id) WHERE retired_at IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE issuer_key');
    await runner.query('DROP TABLE issuer');
  }
}
