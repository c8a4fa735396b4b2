import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = 'certificate_registry';

/**
 * Two keys of an issuer sign at a time, one for tokens and one for embedded proofs, and each has a life: published, in use, retired.
 * One is in use from `active_from` to `retired_at`; its successor is published before, so that who keeps a key set knows it in time.
 * The registry says when a key was stolen and asks for new ones; it still cannot read what signs.
 */
export class RotateIssuerKeys1771300000070 implements MigrationInterface {
  readonly name = 'RotateIssuerKeys1771300000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE issuer_key
        ADD COLUMN purpose text NOT NULL DEFAULT 'jwt' CHECK (purpose IN ('jwt', 'integrity')),
        ADD COLUMN active_from timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN compromised_at timestamptz,
        ADD COLUMN compromise_actor text,
        ADD COLUMN compromise_reason text`);
    await runner.query('UPDATE issuer_key SET active_from = created_at');
    // The clock's time: a transaction may have begun before the rotation was asked for that it answers.
    await runner.query(`
      ALTER TABLE issuer_key
        ALTER COLUMN purpose DROP DEFAULT,
        ALTER COLUMN created_at SET DEFAULT clock_timestamp(),
        ALTER COLUMN active_from SET DEFAULT clock_timestamp()`);
    await runner.query('DROP INDEX issuer_key_in_use');
    // The newest one of each purpose; whoever makes its successor sets its end in the same transaction.
    await runner.query(
      'CREATE UNIQUE INDEX issuer_key_newest ON issuer_key (issuer_id, purpose) WHERE retired_at IS NULL',
    );
    await runner.query('ALTER TABLE issuer ADD COLUMN rotation_asked_at timestamptz');
    await runner.query('ALTER TABLE certificate ADD COLUMN integrity_kid text');
    const found = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
    if (found.length === 0) return;
    await runner.query(
      `GRANT SELECT (purpose, active_from, compromised_at, compromise_actor, compromise_reason),
         UPDATE (compromised_at, compromise_actor, compromise_reason) ON issuer_key TO ${role}`,
    );
    await runner.query(`GRANT UPDATE (rotation_asked_at) ON issuer TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE certificate DROP COLUMN integrity_kid');
    await runner.query('ALTER TABLE issuer DROP COLUMN rotation_asked_at');
    await runner.query('ALTER TABLE issuer_key ALTER COLUMN created_at SET DEFAULT now()');
    await runner.query('DROP INDEX issuer_key_newest');
    await runner.query("DELETE FROM issuer_key WHERE purpose = 'integrity'");
    await runner.query(`
      ALTER TABLE issuer_key DROP COLUMN purpose, DROP COLUMN active_from, DROP COLUMN compromised_at,
        DROP COLUMN compromise_actor, DROP COLUMN compromise_reason`);
    await runner.query('CREATE UNIQUE INDEX issuer_key_in_use ON issuer_key (issuer_id) WHERE retired_at IS NULL');
  }
}
