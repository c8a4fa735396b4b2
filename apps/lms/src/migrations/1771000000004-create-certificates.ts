import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What became of completions, as events tell it: certificates, and the outcome for each enrolment and award. `rank`,
 * `sequence` and `changed_at`, in this order, tell which of two facts about one certificate is the later one, however they
 * arrive: it failed (0), it was issued or changed (1).
 */
export class CreateCertificates1771000000004 implements MigrationInterface {
  readonly name = 'CreateCertificates1771000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE certificate (
        tenant_id text NOT NULL,
        certificate_id uuid NOT NULL,
        learner_id text,
        batch_id text,
        award_id text,
        award_version integer,
        credential_type_id text NOT NULL,
        credential_type_version integer NOT NULL,
        number text NOT NULL,
        issue_number integer NOT NULL,
        state text NOT NULL,
        rank smallint NOT NULL,
        sequence integer NOT NULL,
        changed_at timestamptz NOT NULL,
        reason text,
        failure_type text,
        suspended_until timestamptz,
        superseded_by uuid,
        supersedes uuid,
        issued_at timestamptz,
        expires_at timestamptz,
        links jsonb,
        PRIMARY KEY (tenant_id, certificate_id)
      )`);
    await runner.query('CREATE INDEX certificate_learner ON certificate (tenant_id, learner_id)');
    await runner.query(`
      CREATE TABLE award_outcome (
        tenant_id text NOT NULL,
        enrolment_id uuid NOT NULL,
        award_id text NOT NULL,
        batch_id text NOT NULL,
        learner_id text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('withheld', 'failed', 'issued')),
        rank smallint NOT NULL,
        at timestamptz NOT NULL,
        award_version integer NOT NULL,
        certificate_id uuid,
        clauses jsonb,
        PRIMARY KEY (tenant_id, enrolment_id, award_id)
      )`);
    await runner.query('CREATE INDEX award_outcome_learner ON award_outcome (tenant_id, learner_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['award_outcome', 'certificate']) await runner.query(`DROP TABLE ${table}`);
  }
}
