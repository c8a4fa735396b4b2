import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Subscribers, their secrets, and one lane each: the unit of lease, breaker and concurrency. A lane is one small row that is
 * written often, so that an endpoint with a million waiting deliveries costs one row that is not due.
 */
export class CreateEndpoint1771400000001 implements MigrationInterface {
  readonly name = 'CreateEndpoint1771400000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE endpoint (
        id uuid PRIMARY KEY,
        tenant_id text NOT NULL,
        external_id text NOT NULL,
        kind text NOT NULL DEFAULT 'webhook' CHECK (kind IN ('webhook')),
        url text NOT NULL,
        types text[] NOT NULL,
        description text,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'disabled', 'deleted')),
        disabled_reason text,
        max_in_flight integer NOT NULL DEFAULT 8,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX endpoint_external_id ON endpoint (tenant_id, external_id) WHERE state <> 'deleted'`,
    );
    await runner.query(`
      CREATE TABLE signing_secret (
        id uuid PRIMARY KEY,
        endpoint_id uuid NOT NULL REFERENCES endpoint,
        sealed bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        valid_until timestamptz
      )`);
    await runner.query('CREATE INDEX signing_secret_endpoint ON signing_secret (endpoint_id)');
    await runner.query(`
      CREATE TABLE lane (
        endpoint_id uuid PRIMARY KEY REFERENCES endpoint,
        active boolean NOT NULL DEFAULT true,
        due_at timestamptz,
        lease_until timestamptz,
        lease_token uuid,
        breaker text NOT NULL DEFAULT 'closed' CHECK (breaker IN ('closed', 'open')),
        breaker_trips integer NOT NULL DEFAULT 0,
        open_until timestamptz,
        fail_streak integer NOT NULL DEFAULT 0,
        first_failure_at timestamptz
      ) WITH (
        fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0
      )`);
    await runner.query('CREATE INDEX lane_due ON lane (due_at) WHERE due_at IS NOT NULL');
    await runner.query('CREATE INDEX lane_leased ON lane (lease_until) WHERE lease_until IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['lane', 'signing_secret', 'endpoint']) await runner.query(`DROP TABLE ${table}`);
  }
}
