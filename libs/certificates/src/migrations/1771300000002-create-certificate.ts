import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The certificates. The first unique index is the certificate key: whatever is asked for, and however often, makes one
 * row of it. The second allows one live certificate per occasion. No foreign keys to issuers: a request for an unknown
 * issuer has a row too, which tells why it failed.
 */
export class CreateCertificate1771300000002 implements MigrationInterface {
  readonly name = 'CreateCertificate1771300000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE certificate (
        id uuid PRIMARY KEY,
        tenant_id text NOT NULL,
        public_id text NOT NULL UNIQUE,
        number text NOT NULL,
        credential_type_id text NOT NULL,
        credential_type_version integer NOT NULL,
        occasion jsonb NOT NULL,
        occasion_key uuid NOT NULL,
        issue_number integer NOT NULL CHECK (issue_number >= 1),
        state text NOT NULL CHECK
          (state IN ('allocated', 'issued', 'failed', 'withdrawn', 'suspended', 'superseded', 'revoked')),
        version integer NOT NULL DEFAULT 1,
        request_id uuid NOT NULL,
        request jsonb NOT NULL,
        recipient_learner_id text NOT NULL,
        recipient_name text NOT NULL,
        recipient_email text,
        batch_id text,
        award_id text,
        award_version integer,
        issuer_id uuid NOT NULL,
        key_kid text,
        allocated_at timestamptz NOT NULL,
        issued_at timestamptz,
        expires_at timestamptz,
        credential text,
        credential_sha256 text,
        pdf_sha256 text,
        pdf_object text,
        supersedes uuid,
        superseded_by uuid,
        failure_type text,
        failure_reason text,
        state_reason text,
        state_actor text,
        state_changed_at timestamptz NOT NULL,
        suspended_until timestamptz,
        correlation_id text NOT NULL,
        status_list integer,
        status_index integer,
        UNIQUE (tenant_id, number),
        UNIQUE (tenant_id, credential_type_id, occasion_key, issue_number),
        CONSTRAINT certificate_issued_is_complete CHECK (
          state IN ('allocated', 'failed', 'withdrawn')
          OR (issued_at IS NOT NULL AND credential IS NOT NULL AND credential_sha256 IS NOT NULL
              AND pdf_sha256 IS NOT NULL AND pdf_object IS NOT NULL AND key_kid IS NOT NULL))
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX certificate_live ON certificate (tenant_id, credential_type_id, occasion_key)
      WHERE state IN ('issued', 'suspended')`);
    await runner.query(
      'CREATE UNIQUE INDEX certificate_status ON certificate (status_list, status_index) WHERE status_list IS NOT NULL',
    );
    await runner.query('CREATE INDEX certificate_by_tenant ON certificate (tenant_id, id)');
    await runner.query('CREATE INDEX certificate_by_learner ON certificate (tenant_id, recipient_learner_id, id)');
    await runner.query(
      'CREATE INDEX certificate_by_batch ON certificate (tenant_id, batch_id, id) WHERE batch_id IS NOT NULL',
    );
    await runner.query(`
      CREATE TABLE certificate_history (
        certificate_id uuid NOT NULL,
        version integer NOT NULL,
        state text NOT NULL,
        actor text NOT NULL,
        reason text,
        at timestamptz NOT NULL,
        PRIMARY KEY (certificate_id, version)
      )`);
    await runner.query(`
      CREATE TABLE number_counter (
        tenant_id text NOT NULL,
        year integer NOT NULL,
        last bigint NOT NULL,
        PRIMARY KEY (tenant_id, year)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE number_counter');
    await runner.query('DROP TABLE certificate_history');
    await runner.query('DROP TABLE certificate');
  }
}
