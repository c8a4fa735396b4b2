import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenants, courses, their runs, and the awards of those. */
export class CreateCourses1771000000001 implements MigrationInterface {
  readonly name = 'CreateCourses1771000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tenant (
        tenant_id text PRIMARY KEY,
        name text NOT NULL,
        time_zone text NOT NULL,
        languages jsonb NOT NULL,
        version integer NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE course (
        tenant_id text NOT NULL,
        course_id text NOT NULL,
        version integer NOT NULL,
        title text NOT NULL,
        description text,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, course_id)
      )`);
    // The course stands in the batch as it was when the batch was made: what is taught does not change under learners.
    await runner.query(`
      CREATE TABLE batch (
        tenant_id text NOT NULL,
        batch_id text NOT NULL,
        name text NOT NULL,
        course_id text NOT NULL,
        course_version integer NOT NULL,
        course_title text NOT NULL,
        time_zone text NOT NULL,
        starts_on date NOT NULL,
        ends_on date,
        enrolment text NOT NULL CHECK (enrolment IN ('open', 'invite-only')),
        version integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, batch_id),
        CHECK (ends_on IS NULL OR ends_on >= starts_on)
      )`);
    // A detached award keeps its row: one of the same id that is attached later goes on counting its versions.
    await runner.query(`
      CREATE TABLE award (
        tenant_id text NOT NULL,
        batch_id text NOT NULL,
        award_id text NOT NULL,
        version integer NOT NULL,
        position integer NOT NULL,
        state jsonb NOT NULL,
        detached_at timestamptz,
        PRIMARY KEY (tenant_id, batch_id, award_id),
        FOREIGN KEY (tenant_id, batch_id) REFERENCES batch
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['award', 'batch', 'course', 'tenant']) await runner.query(`DROP TABLE ${table}`);
  }
}
