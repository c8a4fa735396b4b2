import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is known of batches, learners and their standings, what was decided of it, and what has to be decided again.
 *
 * Ids of others are compared byte by byte: cheaper, and one order of locks whatever the server's locale.
 */
export class CreateRules1771200000001 implements MigrationInterface {
  readonly name = 'CreateRules1771200000001';

  async up(runner: QueryRunner): Promise<void> {
    // Without a `sequence` it is a batch or a learner that somebody named and nobody has told of yet.
    await runner.query(`
      CREATE TABLE batch (
        tenant_id text COLLATE "C" NOT NULL,
        batch_id text COLLATE "C" NOT NULL,
        sequence bigint,
        state jsonb,
        PRIMARY KEY (tenant_id, batch_id),
        CHECK ((sequence IS NULL) = (state IS NULL))
      )`);
    await runner.query(`
      CREATE TABLE learner (
        tenant_id text COLLATE "C" NOT NULL,
        learner_id text COLLATE "C" NOT NULL,
        sequence bigint,
        name text,
        email text,
        PRIMARY KEY (tenant_id, learner_id)
      )`);
    // The row whose lock makes facts meet. `completion_*` is the completion event that the broker had first.
    await runner.query(`
      CREATE TABLE standing (
        tenant_id text COLLATE "C" NOT NULL,
        batch_id text COLLATE "C" NOT NULL,
        learner_id text COLLATE "C" NOT NULL,
        enrolment_id uuid NOT NULL,
        version integer NOT NULL DEFAULT 1,
        completed_at timestamptz,
        completion_time timestamptz,
        completion_source text COLLATE "C",
        completion_id text COLLATE "C",
        correlation_id text,
        PRIMARY KEY (tenant_id, batch_id, learner_id)
      ) WITH (fillfactor = 80)`);
    await runner.query('CREATE INDEX standing_of_learner ON standing (tenant_id, learner_id)');
    await runner.query(`
      CREATE TABLE completion_fact (
        tenant_id text COLLATE "C" NOT NULL,
        source text COLLATE "C" NOT NULL,
        event_id text COLLATE "C" NOT NULL,
        enrolment_id uuid NOT NULL,
        completed_at timestamptz NOT NULL,
        time timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, source, event_id)
      )`);
    await runner.query(`
      CREATE TABLE score_fact (
        enrolment_id uuid NOT NULL,
        assessment_id text COLLATE "C" NOT NULL,
        attempt_id text COLLATE "C" NOT NULL,
        score double precision NOT NULL,
        scored_at timestamptz NOT NULL,
        PRIMARY KEY (enrolment_id, assessment_id, attempt_id)
      )`);
    // `said` is what certificate.withheld said last, in short: it is said again only when the reasons change.
    // `award_id` is '' in the one row of a completion whose batch is not known or has no award: no id is empty.
    await runner.query(`
      CREATE TABLE decision (
        tenant_id text COLLATE "C" NOT NULL,
        batch_id text COLLATE "C" NOT NULL,
        learner_id text COLLATE "C" NOT NULL,
        award_id text COLLATE "C" NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('eligible', 'withheld', 'waiting')),
        waiting_for text CHECK (waiting_for IN ('batch', 'learner', 'name', 'score', 'award', 'late-award-job')),
        clauses jsonb NOT NULL,
        award_version integer,
        facts_version integer NOT NULL,
        request_id uuid,
        said text,
        decided_at timestamptz NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, batch_id, learner_id, award_id),
        CHECK ((outcome = 'waiting') = (waiting_for IS NOT NULL)),
        CHECK ((outcome = 'eligible') = (request_id IS NOT NULL))
      ) WITH (fillfactor = 90)`);
    await runner.query(
      `CREATE INDEX decision_waiting_in_batch ON decision (tenant_id, batch_id) WHERE outcome = 'waiting'`,
    );
    await runner.query(`
      CREATE INDEX decision_waiting_for_learner ON decision (tenant_id, learner_id)
      WHERE waiting_for IN ('learner', 'name')`);
    // Plain inserts only, so that whoever writes a job never waits for one who works at another.
    await runner.query(`
      CREATE TABLE reevaluation (
        id bigserial PRIMARY KEY,
        tenant_id text COLLATE "C" NOT NULL,
        batch_id text COLLATE "C",
        learner_id text COLLATE "C",
        is_bulk boolean NOT NULL,
        done_to text COLLATE "C" NOT NULL DEFAULT '',
        failures integer NOT NULL DEFAULT 0,
        not_before timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((batch_id IS NULL) <> (learner_id IS NULL))
      )`);
    await runner.query('CREATE INDEX reevaluation_of_thing ON reevaluation (tenant_id, batch_id, learner_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['reevaluation', 'decision', 'score_fact', 'completion_fact', 'standing', 'learner', 'batch']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
