import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = 'certificate_registry';
/** All but the key of the permutation: whoever reads that can tell from an index when a certificate was issued. */
const readable = 'id, tenant_id, issuer_id, ordinal, size, opened_at';

/**
 * Status lists (architecture section 6). What an allocation writes, the counter, and what the signer writes, the signed list, stand
 * in rows of their own: a signer never waits for an allocation, nor an allocation for a signer. A change is a row of its own for the
 * same reason: those who revoke certificates of one list at the same time do not meet.
 */
export class CreateStatusLists1771300000071 implements MigrationInterface {
  readonly name = 'CreateStatusLists1771300000071';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE status_index_counter (
        issuer_id uuid PRIMARY KEY,
        taken bigint NOT NULL CHECK (taken >= 0)
      )`);
    await runner.query(`
      CREATE TABLE status_list (
        id uuid PRIMARY KEY,
        tenant_id text NOT NULL,
        issuer_id uuid NOT NULL,
        ordinal integer NOT NULL CHECK (ordinal >= 0),
        size integer NOT NULL DEFAULT 131072 CHECK (size = 131072),
        permutation_key bytea NOT NULL CHECK (octet_length(permutation_key) = 32),
        opened_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (issuer_id, ordinal)
      )`);
    await runner.query(`
      CREATE TABLE signed_status_list (
        list uuid PRIMARY KEY REFERENCES status_list (id),
        document text NOT NULL,
        document_sha256 text NOT NULL,
        token text NOT NULL,
        token_sha256 text NOT NULL,
        valid_from timestamptz NOT NULL,
        valid_until timestamptz NOT NULL,
        signed_at timestamptz NOT NULL,
        renewed_from timestamptz NOT NULL,
        CHECK (valid_from < renewed_from AND renewed_from < valid_until)
      )`);
    await runner.query('CREATE INDEX signed_status_list_by_age ON signed_status_list (renewed_from)');
    await runner.query(`
      CREATE TABLE status_list_change (
        list uuid NOT NULL,
        position bigint GENERATED ALWAYS AS IDENTITY,
        changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (list, position)
      )`);
    // It was never used. As a new column no row of a large table is written anew; the index goes with the old one.
    await runner.query('ALTER TABLE certificate DROP COLUMN status_list');
    await runner.query('ALTER TABLE certificate ADD COLUMN status_list uuid');
    await runner.query(`
      ALTER TABLE certificate ADD CONSTRAINT certificate_status_is_whole
      CHECK ((status_list IS NULL) = (status_index IS NULL) AND status_index BETWEEN 0 AND 131071)`);
    await runner.query(
      'CREATE UNIQUE INDEX certificate_status ON certificate (status_list, status_index) WHERE status_list IS NOT NULL',
    );
    // The set bits of a list, read without a look at its other certificates.
    await runner.query(`
      CREATE INDEX certificate_status_set ON certificate (status_list, status_index)
      WHERE status_list IS NOT NULL AND state IN ('superseded', 'revoked')`);
    const found = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [role])) as unknown[];
    if (found.length === 0) return;
    await runner.query(`GRANT SELECT (${readable}) ON status_list TO ${role}`);
    await runner.query(`GRANT SELECT ON signed_status_list TO ${role}`);
    await runner.query(`GRANT INSERT ON status_list_change TO ${role}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX certificate_status_set');
    await runner.query('ALTER TABLE certificate DROP CONSTRAINT certificate_status_is_whole');
    await runner.query('ALTER TABLE certificate DROP COLUMN status_list');
    await runner.query('ALTER TABLE certificate ADD COLUMN status_list integer');
    await runner.query(
      'CREATE UNIQUE INDEX certificate_status ON certificate (status_list, status_index) WHERE status_list IS NOT NULL',
    );
    await runner.query('DROP TABLE status_list_change');
    await runner.query('DROP TABLE signed_status_list');
    await runner.query('DROP TABLE status_list');
    await runner.query('DROP TABLE status_index_counter');
  }
}
