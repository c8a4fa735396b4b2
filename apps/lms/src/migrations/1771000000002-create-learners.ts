import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Learners, their enrolments with progress and completion, their attempts. */
export class CreateLearners1771000000002 implements MigrationInterface {
  readonly name = 'CreateLearners1771000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE learner (
        tenant_id text NOT NULL,
        learner_id text NOT NULL,
        name text,
        email text,
        account text,
        version integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, learner_id)
      )`);
    await runner.query('CREATE UNIQUE INDEX learner_account ON learner (tenant_id, account) WHERE account IS NOT NULL');
    // No reference to batch: a foreign LMS may complete a learner of a batch that is not known here yet, or never.
    // `said_at` is when the completion was said, which is what `attachedAt` of an award is compared with; `completed_at` is
    // what its reporter says.
    await runner.query(`
      CREATE TABLE enrolment (
        tenant_id text NOT NULL,
        batch_id text NOT NULL,
        learner_id text NOT NULL,
        enrolment_id uuid NOT NULL,
        source text NOT NULL CHECK (source IN ('http', 'csv', 'foreign')),
        course_version integer,
        enrolled_at timestamptz NOT NULL DEFAULT now(),
        left_at timestamptz,
        progress double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
        completed_at timestamptz,
        said_at timestamptz,
        score double precision,
        PRIMARY KEY (tenant_id, batch_id, learner_id),
        FOREIGN KEY (tenant_id, learner_id) REFERENCES learner,
        CHECK (completed_at IS NULL OR left_at IS NULL),
        CHECK ((completed_at IS NULL) = (said_at IS NULL))
      )`);
    await runner.query('CREATE INDEX enrolment_learner ON enrolment (tenant_id, learner_id)');
    await runner.query(
      'CREATE INDEX enrolment_completed ON enrolment (tenant_id, batch_id, said_at) WHERE said_at IS NOT NULL',
    );
    await runner.query(`
      CREATE TABLE score (
        tenant_id text NOT NULL,
        enrolment_id uuid NOT NULL,
        assessment_id text NOT NULL,
        attempt_id text NOT NULL,
        score double precision NOT NULL CHECK (score BETWEEN 0 AND 100),
        scored_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, enrolment_id, assessment_id, attempt_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['score', 'enrolment', 'learner']) await runner.query(`DROP TABLE ${table}`);
  }
}
