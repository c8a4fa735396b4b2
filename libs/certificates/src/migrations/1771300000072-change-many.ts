import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = 'certificate_registry';

/**
 * What a search reads by, each in the order in which it is shown. A certificate stands in an index of a search once and not twice:
 * while it is allocated it stands in one of its own, of the few that are being made. With the state before the instant every
 * search is a short walk through one index for each state, whatever else is asked.
 */
const indexes: Readonly<Record<string, string>> = {
  certificate_allocated: "(tenant_id, allocated_at, id) WHERE state = 'allocated'",
  certificate_by_state: "(tenant_id, state, allocated_at, id) WHERE state <> 'allocated'",
  certificate_by_state_change: "(tenant_id, state, state_changed_at, id) WHERE state <> 'allocated'",
  certificate_by_batch:
    "(tenant_id, batch_id, state, allocated_at, id) WHERE state <> 'allocated' AND batch_id IS NOT NULL",
  certificate_by_batch_change:
    "(tenant_id, batch_id, state, state_changed_at, id) WHERE state <> 'allocated' AND batch_id IS NOT NULL",
  certificate_by_award:
    "(tenant_id, award_id, state, allocated_at, id) WHERE state <> 'allocated' AND award_id IS NOT NULL",
  certificate_by_award_change:
    "(tenant_id, award_id, state, state_changed_at, id) WHERE state <> 'allocated' AND award_id IS NOT NULL",
  // Of those whose suspension ends by itself: they are looked for every second.
  certificate_suspension_end: "(suspended_until) WHERE state = 'suspended' AND suspended_until IS NOT NULL",
};

/** Many certificates are changed by a job, of which this keeps every row, and found by whatever is asked of them. */
export class ChangeMany1771300000072 implements MigrationInterface {
  readonly name = 'ChangeMany1771300000072';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE certificate_history ADD COLUMN suspended_until timestamptz');
    // A search for the instant of issue walks along the instant of allocation.
    await runner.query(`
      ALTER TABLE certificate ADD CONSTRAINT certificate_issued_when_allocated CHECK (issued_at = allocated_at)`);
    await runner.query('DROP INDEX certificate_by_batch');
    await runner.query('DROP INDEX certificate_by_rare_state');
    for (const [name, of] of Object.entries(indexes)) await runner.query(`CREATE INDEX ${name} ON certificate ${of}`);
    await runner.query(`
      CREATE TABLE change_job (
        id uuid PRIMARY KEY,
        tenant_id text NOT NULL,
        change text NOT NULL CHECK (change IN ('revoke', 'suspend', 'reinstate', 'withdraw')),
        reason text,
        until timestamptz,
        is_dry_run boolean NOT NULL,
        filter jsonb,
        actor text NOT NULL,
        state text NOT NULL CHECK (state IN ('resolving', 'running', 'done', 'failed')),
        resolved_to jsonb,
        resolve_until jsonb,
        done_to uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
        matched integer NOT NULL,
        changed integer NOT NULL DEFAULT 0,
        already integer NOT NULL DEFAULT 0,
        blocked integer NOT NULL DEFAULT 0,
        failed integer NOT NULL DEFAULT 0,
        failures integer NOT NULL DEFAULT 0,
        failure text,
        not_before timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL,
        finished_at timestamptz
      )`);
    await runner.query(
      "CREATE INDEX change_job_unfinished ON change_job (not_before) WHERE state IN ('resolving', 'running')",
    );
    await runner.query('CREATE INDEX change_job_finished ON change_job (finished_at) WHERE finished_at IS NOT NULL');
    await runner.query(`
      CREATE TABLE change_job_row (
        job_id uuid NOT NULL,
        certificate_id uuid NOT NULL,
        line integer,
        reason text,
        until timestamptz,
        result text CHECK (result IN ('changed', 'already', 'blocked', 'failed')),
        state text,
        detail text,
        PRIMARY KEY (job_id, certificate_id)
      )`);
    await runner.query('CREATE INDEX change_job_row_by_result ON change_job_row (job_id, result, certificate_id)');
    const found = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
    if (found.length === 0) return;
    await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON change_job, change_job_row TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE change_job_row');
    await runner.query('DROP TABLE change_job');
    for (const name of Object.keys(indexes)) await runner.query(`DROP INDEX ${name}`);
    await runner.query('CREATE INDEX certificate_by_batch ON certificate (tenant_id, batch_id, id)');
    await runner.query(`
      CREATE INDEX certificate_by_rare_state ON certificate (tenant_id, state, id)
      WHERE state IN ('failed', 'withdrawn', 'suspended', 'superseded', 'revoked')`);
    await runner.query('ALTER TABLE certificate DROP CONSTRAINT certificate_issued_when_allocated');
    await runner.query('ALTER TABLE certificate_history DROP COLUMN suspended_until');
  }
}
