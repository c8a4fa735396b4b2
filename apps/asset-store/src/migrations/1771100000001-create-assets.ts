import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Images, templates and credential types with their versions. What has a version number never changes but for its step from draft
 * to published; the database itself refuses anything else.
 */
export class CreateAssets1771100000001 implements MigrationInterface {
  readonly name = 'CreateAssets1771100000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tenant (
        tenant_id text PRIMARY KEY,
        built_ins text
      )`);
    await runner.query(
      `COMMENT ON COLUMN tenant.built_ins IS 'digest of the built-in assets that it has; null: none yet'`,
    );
    await runner.query(`
      CREATE TABLE image (
        tenant_id text NOT NULL,
        image_id text NOT NULL,
        PRIMARY KEY (tenant_id, image_id)
      )`);
    await runner.query(`
      CREATE TABLE image_version (
        tenant_id text NOT NULL,
        image_id text NOT NULL,
        version integer NOT NULL,
        media_type text NOT NULL,
        sha256 text NOT NULL,
        bytes integer NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, image_id, version),
        UNIQUE (tenant_id, image_id, sha256),
        FOREIGN KEY (tenant_id, image_id) REFERENCES image
      )`);
    await runner.query(`
      CREATE TABLE template (
        tenant_id text NOT NULL,
        template_id text NOT NULL,
        title text NOT NULL,
        built_in boolean NOT NULL,
        PRIMARY KEY (tenant_id, template_id)
      )`);
    await runner.query(`
      CREATE TABLE template_version (
        tenant_id text NOT NULL,
        template_id text NOT NULL,
        version integer NOT NULL,
        state text NOT NULL CHECK (state IN ('draft', 'published')),
        media_type text NOT NULL,
        sha256 text NOT NULL,
        bytes integer NOT NULL,
        slots jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz,
        PRIMARY KEY (tenant_id, template_id, version),
        FOREIGN KEY (tenant_id, template_id) REFERENCES template,
        CHECK ((state = 'published') = (published_at IS NOT NULL))
      )`);
    await runner.query(`
      CREATE TABLE credential_type (
        tenant_id text NOT NULL,
        type_id text NOT NULL,
        built_in boolean NOT NULL,
        PRIMARY KEY (tenant_id, type_id)
      )`);
    await runner.query(`
      CREATE TABLE credential_type_version (
        tenant_id text NOT NULL,
        type_id text NOT NULL,
        version integer NOT NULL,
        state text NOT NULL CHECK (state IN ('draft', 'published')),
        definition jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz,
        PRIMARY KEY (tenant_id, type_id, version),
        FOREIGN KEY (tenant_id, type_id) REFERENCES credential_type,
        CHECK ((state = 'published') = (published_at IS NOT NULL))
      )`);
    await runner.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state = 'draft' AND NEW.state = 'published'
          AND to_jsonb(NEW) - '{state,published_at}'::text[] = to_jsonb(OLD) - '{state,published_at}'::text[]
        THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'a version of % never changes, but for being published', TG_TABLE_NAME;
      END $$`);
    for (const table of ['template_version', 'credential_type_version']) {
      await runner.query(
        `CREATE TRIGGER ${table}_immutable BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'credential_type_version',
      'credential_type',
      'template_version',
      'template',
      'image_version',
      'image',
    ];
    for (const table of [...tables, 'tenant']) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION refuse_change');
  }
}
