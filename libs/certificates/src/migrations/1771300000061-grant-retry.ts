import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = 'certificate_registry';
/** What an operator's retry corrects. */
const columns = 'recipient_name, request, issuer_id';

/**
 * Lets the registry's role correct what a failed certificate will be made of. The trigger holds it to that: of a certificate
 * that was ever issued nobody changes the snapshot, and of one that has a key nobody the issuer, whatever the role that faces
 * the internet is made to say.
 */
export class GrantRetry1771300000061 implements MigrationInterface {
  readonly name = 'GrantRetry1771300000061';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION certificate_snapshot_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the snapshot of certificate % is fixed: only a retry of a failed one corrects it', OLD.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_snapshot_is_fixed';
      END $$`);
    await runner.query(`
      CREATE TRIGGER certificate_snapshot_is_fixed BEFORE UPDATE OF ${columns} ON certificate FOR EACH ROW
      WHEN ((OLD.recipient_name, OLD.request, OLD.issuer_id) IS DISTINCT FROM
              (NEW.recipient_name, NEW.request, NEW.issuer_id)
            AND NOT (OLD.state = 'failed' AND NEW.state = 'allocated' AND OLD.issued_at IS NULL
                     AND (OLD.issuer_id = NEW.issuer_id OR OLD.key_kid IS NULL)))
      EXECUTE FUNCTION certificate_snapshot_is_fixed()`);
    const found = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
    if (found.length > 0) await runner.query(`GRANT UPDATE (${columns}) ON certificate TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const found = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
    if (found.length > 0) await runner.query(`REVOKE UPDATE (${columns}) ON certificate FROM ${role}`);
    await runner.query('DROP TRIGGER certificate_snapshot_is_fixed ON certificate');
    await runner.query('DROP FUNCTION certificate_snapshot_is_fixed()');
  }
}
