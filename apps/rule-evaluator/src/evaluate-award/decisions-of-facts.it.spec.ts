import { certificateRequested } from '@laurel/contracts';
import { createDataSource, migrate } from '@laurel/persistence';
import { createDatabase, waitFor } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { migrations } from '../migrations/index.ts';
import { EvaluatorScene } from './evaluator.scene.ts';

let dataSource: DataSource;

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'rules');
  dataSource = createDataSource({
    url,
    applicationName: 'rules',
    migrations,
    poolSize: 20,
    log: { warn: () => undefined },
  });
  await migrate(dataSource);
});
afterAll(() => dataSource.destroy());

/** How many sessions of the test's database wait for a lock. */
const waiting = async () => {
  const [row] = await dataSource.query<[{ n: number }]>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row.n;
};
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `L${at}`);

describe('facts meet under one lock', () => {
  // The completion before leaves an empty row; this one holds it while the other side comes.
  test.each(['batch', 'learner'])('a %s that comes in mid-transaction releases what did not see it', async (which) => {
    const scene = new EvaluatorScene(dataSource);
    // What it releases is worked off at once: a job that came too early would be gone when the other side commits.
    const arrive = async () => {
      await (which === 'batch' ? scene.batch(1, [{}], 'c') : scene.learner('L'));
      await scene.jobs();
    };
    if (which === 'batch') {
      await scene.learner('L');
      await scene.completes('other', { batchId: 'c' });
    } else {
      await scene.batch(1, [{}], 'c');
      await scene.completes('L', { batchId: 'b' });
    }
    let arriving: Promise<void> | undefined;
    await scene.completes('L', { score: 70, batchId: 'c' }, async () => {
      let hasArrived = false;
      arriving = arrive().then(() => {
        hasArrived = true;
      });
      const isThere = async () => hasArrived || (await waiting()) > 0;
      await waitFor('the arrival to wait, or not to', isThere, Boolean, { interval: 2 });
    });
    await arriving;
    expect(await scene.decided()).toContain('L a-1: eligible');
    expect(await scene.topics()).toEqual(['requested']);
  });

  test('completion and score at the same instant: whichever comes second sees the first', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.batch(1);
    await Promise.all(numbered(15).map((learner) => scene.learner(learner)));
    await Promise.all(numbered(15).flatMap((learner) => [scene.completes(learner), scene.scores(learner, 60)]));
    expect(await scene.topics()).toEqual(numbered(15).map(() => 'requested'));
  });

  test('slices of the same learners in opposite orders never wait for each other in a circle', async () => {
    const scene = new EvaluatorScene(dataSource);
    const learners = numbered(60);
    const slices = Array.from({ length: 6 }, (_, at) => (at % 2 === 0 ? learners : learners.toReversed()));
    const batches = ['b', 'c', 'd', 'e'];
    // Deadlocks would be errors here: nothing tries again.
    await Promise.all([
      ...slices.map((slice, at) => scene.completeAll(slice, { score: 60, batchId: at < 4 ? 'b' : 'c' })),
      ...slices.map((slice) => scene.learnersAll(slice)),
      ...batches.map((batchId) => scene.batch(1, [{}], batchId)),
    ]);
    await scene.jobs();
    expect(await scene.topics()).toHaveLength(120);
    expect(new Set(await scene.decided())).toEqual(new Set(learners.map((learner) => `${learner} a-1: eligible`)));
  });

  test('one completion ten times over, by two roads: one request, with the earliest instant and the best score', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.batch(1);
    await scene.learner('L');
    const again = (at: number) =>
      scene.completes('L', {
        score: 60 + at,
        source: at % 2 === 0 ? 'urn:lms' : 'kafka:course.completed',
        completedAt: `2026-03-01T12:00:0${9 - at}Z`,
      });
    await Promise.all(numbered(10).map((_, at) => again(at)));
    expect(await scene.topics()).toEqual(['requested']);
    const [standing] = await dataSource.query<[{ completed_at: Date; version: number }]>(
      'SELECT completed_at, version FROM standing WHERE tenant_id = $1',
      [scene.tenantId],
    );
    expect(standing).toEqual({ completed_at: new Date('2026-03-01T12:00:00Z'), version: 10 });
    // The same event again is the same fact.
    const repeat = { id: 'again', score: 99 };
    await scene.completes('L', repeat);
    await scene.completes('L', repeat);
    const facts = 'SELECT count(*)::int AS facts, max(score) AS best FROM score_fact WHERE enrolment_id = $1';
    expect(await dataSource.query(facts, [scene.enrolment('L')])).toEqual([{ facts: 11, best: 99 }]);
  });
});

describe('an award', () => {
  test('is withheld with reasons, said once, again when they change, and given with a better score', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.batch(1);
    await scene.learner('L');
    await scene.completes('L', { score: 41 });
    await scene.completes('L', { score: 40 });
    await scene.scores('L', 30);
    const reasons = (await scene.said()).map(({ data }) => data.clauses);
    expect(reasons).toEqual([
      [
        { clause: 'enrolment.status = completed', holds: true, reason: 'the enrolment is completed' },
        { clause: 'score.final >= 60', holds: false, reason: 'the best score is 41 %, below 60 %' },
      ],
    ]);
    await scene.scores('L', 59.5);
    expect(await scene.topics()).toEqual(['withheld', 'withheld']);
    await scene.scores('L', 60);
    expect(await scene.topics()).toEqual(['withheld', 'withheld', 'requested']);
  });

  test('that was given stays given: no worse fact and no replacement asks again or takes back', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.batch(1);
    await scene.learner('L');
    await scene.scores('L', 70, { attemptId: '1' });
    await scene.completes('L');
    await scene.scores('L', 10, { attemptId: '1', scoredAt: '2026-03-02T12:00:00Z' });
    await scene.batch(2, [{ version: 2, criteria: { score: { final: { '>=': 90 } } } }]);
    await scene.jobs();
    await scene.batch(3, []);
    await scene.jobs();
    await scene.batch(4);
    await scene.jobs();
    expect([await scene.topics(), await scene.decided()]).toEqual([['requested'], ['L a-1: eligible']]);
  });

  test('makes a request that is complete', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.batch(1);
    await scene.learner('L', 1, 'आशा');
    await scene.scores('L', 99, { batchId: 'elsewhere' });
    await scene.scores('L', 88);
    await scene.completes('L', { score: 87.5, completedAt: '2026-03-01T17:30:00+05:30', id: 'first' });
    const [said] = await scene.said();
    const data = certificateRequested.data.parse(said?.data);
    expect(said?.data).toEqual(data);
    expect(data).toMatchObject({
      credentialType: { id: 'course-completion', version: 1 },
      occasion: { batchId: 'b', awardId: 'a-1', learnerId: 'L' },
      issue: { kind: 'first' },
      recipient: { learnerId: 'L', name: 'आशा' },
      claims: {
        courseId: 'rust',
        courseTitle: 'Rust',
        courseVersion: '1',
        batchId: 'b',
        completedAt: '2026-03-01T12:00:00.000Z',
        score: '88',
      },
      timeZone: 'Asia/Kolkata',
      award: { id: 'a-1', version: 1 },
      template: { id: 'classic', mediaType: 'image/svg+xml' },
    });
    expect(said?.correlationId).toBe('c-first');
    const years = new Date(String(data.expiresAt)).getUTCFullYear() - new Date(data.decidedAt).getUTCFullYear();
    expect(years).toBe(2);
  });

  test('that is replaced with the same rule says nothing again; detached, its decisions go', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.batch(1);
    await scene.learner('L');
    await scene.completes('L', { score: 41 });
    await scene.batch(2, [{ version: 2 }]);
    await scene.jobs();
    expect([await scene.topics(), (await scene.decisions())[0]?.awardVersion]).toEqual([['withheld'], 2]);
    await scene.batch(3, []);
    await scene.jobs();
    expect(await scene.decided()).toEqual(['L : waiting for award']);
  });
});
