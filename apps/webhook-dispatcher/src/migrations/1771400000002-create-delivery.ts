import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events as they are sent, which endpoint is to get which, and every attempt. An event is one row whatever its time header
 * said (`identity` is the hash of tenant, source and id); its id is in time order, so all three tables can later be split into
 * ranges of days by that id without another column.
 */
export class CreateDelivery1771400000002 implements MigrationInterface {
  readonly name = 'CreateDelivery1771400000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event (
        id uuid PRIMARY KEY,
        identity uuid NOT NULL UNIQUE,
        tenant_id text NOT NULL,
        type text NOT NULL,
        occurred_at timestamptz NOT NULL,
        body bytea NOT NULL,
        source_event_id text NOT NULL,
        correlation_id text NOT NULL,
        traceparent text,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE delivery (
        id uuid PRIMARY KEY,
        tenant_id text NOT NULL,
        endpoint_id uuid NOT NULL REFERENCES endpoint,
        event_id uuid NOT NULL REFERENCES event,
        event_type text NOT NULL,
        replay_no integer NOT NULL DEFAULT 0,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed', 'cancelled')),
        priority smallint NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0,
        tries integer NOT NULL DEFAULT 0,
        next_at timestamptz DEFAULT now(),
        last_status integer,
        last_error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        UNIQUE (endpoint_id, event_id, replay_no)
      ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0)`);
    await runner.query(
      `CREATE INDEX delivery_waiting ON delivery (endpoint_id, priority, next_at) WHERE state = 'pending'`,
    );
    await runner.query('CREATE INDEX delivery_listed ON delivery (endpoint_id, state, id)');
    await runner.query(`
      CREATE TABLE attempt (
        delivery_id uuid NOT NULL REFERENCES delivery,
        n integer NOT NULL,
        started_at timestamptz NOT NULL,
        milliseconds integer NOT NULL,
        status integer,
        error_kind text,
        error text,
        response_headers jsonb,
        response_body bytea,
        address text,
        PRIMARY KEY (delivery_id, n)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['attempt', 'delivery', 'event']) await runner.query(`DROP TABLE ${table}`);
  }
}
