import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the check said of a version and which fonts stand in it, the samples of a design's content, and fonts. Samples belong to the content: two versions of the
 * same bytes have the same ones. Neither they nor fonts ever change; the database itself refuses it.
 */
export class KeepSamplesAndFonts1771100000050 implements MigrationInterface {
  readonly name = 'KeepSamplesAndFonts1771100000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE template_version
        ADD COLUMN advice jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN longest jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN fonts jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(`
      CREATE TABLE sampled_design (
        tenant_id text NOT NULL,
        design_sha256 text NOT NULL,
        sampled_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, design_sha256)
      )`);
    await runner.query(`
      CREATE TABLE design_sample (
        tenant_id text NOT NULL,
        design_sha256 text NOT NULL,
        name text NOT NULL,
        position integer NOT NULL,
        language text NOT NULL,
        recipient text NOT NULL,
        pdf_sha256 text,
        png_sha256 text,
        refusal jsonb,
        PRIMARY KEY (tenant_id, design_sha256, name),
        FOREIGN KEY (tenant_id, design_sha256) REFERENCES sampled_design,
        CHECK ((pdf_sha256 IS NULL) = (png_sha256 IS NULL) AND (pdf_sha256 IS NULL) = (refusal IS NOT NULL))
      )`);
    await runner.query(`
      CREATE TABLE font (
        tenant_id text NOT NULL,
        font_id text NOT NULL,
        PRIMARY KEY (tenant_id, font_id)
      )`);
    await runner.query(`
      CREATE TABLE font_version (
        tenant_id text NOT NULL,
        font_id text NOT NULL,
        version integer NOT NULL,
        family text NOT NULL,
        weight integer NOT NULL,
        italic boolean NOT NULL,
        licence text NOT NULL,
        sha256 text NOT NULL,
        bytes integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, font_id, version),
        FOREIGN KEY (tenant_id, font_id) REFERENCES font
      )`);
    await runner.query(`
      CREATE FUNCTION refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a row of % never changes', TG_TABLE_NAME;
      END $$`);
    for (const table of ['design_sample', 'font_version']) {
      await runner.query(
        `CREATE TRIGGER ${table}_immutable BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_any_change()`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['font_version', 'font', 'design_sample', 'sampled_design']) {
      await runner.query(`DROP TABLE ${table}`);
    }
    await runner.query('DROP FUNCTION refuse_any_change');
    await runner.query('ALTER TABLE template_version DROP COLUMN fonts, DROP COLUMN longest, DROP COLUMN advice');
  }
}
