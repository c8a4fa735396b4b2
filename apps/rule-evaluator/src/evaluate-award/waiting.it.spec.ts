import { createDataSource, migrate } from '@laurel/persistence';
import { createDatabase } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { migrations } from '../migrations/index.ts';
import { EvaluatorScene } from './evaluator.scene.ts';

let dataSource: DataSource;

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'waiting');
  dataSource = createDataSource({
    url,
    applicationName: 'waiting',
    migrations,
    poolSize: 20,
    log: { warn: () => undefined },
  });
  await migrate(dataSource);
});
afterAll(() => dataSource.destroy());

describe('a completion waits', () => {
  test('for batch, then learner, then name, since it began; then it is given', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.completes('L', { score: 60 });
    expect(await scene.decided()).toEqual(['L : waiting for batch']);
    const since = (await scene.decisions()).map((decision) => decision.since);
    await scene.batch(1);
    expect(await scene.jobs()).toBe(1);
    expect(await scene.decided()).toEqual(['L a-1: waiting for learner']);
    await scene.learner('L', 1, null);
    await scene.jobs();
    expect(await scene.decided()).toEqual(['L a-1: waiting for name']);
    expect((await scene.decisions()).map((decision) => decision.since)).toEqual(since);
    await scene.learner('L', 2);
    await scene.jobs();
    expect([await scene.decided(), await scene.topics()]).toEqual([['L a-1: eligible'], ['requested']]);
  });

  test('for a score, and nothing is withheld meanwhile', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.batch(1);
    await scene.learner('L');
    await scene.completes('L');
    expect([await scene.decided(), await scene.topics()]).toEqual([['L a-1: waiting for score'], []]);
    const [decision] = await scene.decisions();
    expect(decision?.clauses.at(-1)?.reason).toBe('no attempt yet');
    await scene.scores('L', 59);
    expect([await scene.decided(), await scene.topics()]).toEqual([['L a-1: withheld'], ['withheld']]);
  });

  test('for an award, where its batch has none', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.batch(1, []);
    await scene.learner('L');
    await scene.completes('L', { score: 60 });
    expect(await scene.decided()).toEqual(['L : waiting for award']);
    await scene.batch(2);
    await scene.jobs();
    expect([await scene.decided(), await scene.topics()]).toEqual([['L a-1: eligible'], ['requested']]);
  });

  test('for the job of an award that came late, which issues on the bulk lane; others do not wait', async () => {
    const scene = new EvaluatorScene(dataSource);
    const attachedAt = '2026-03-01T12:00:00.001Z';
    await scene.learner('early');
    await scene.learner('timely');
    await scene.completes('early', { score: 60, time: new Date('2026-03-01T12:00:00.000Z') });
    await scene.batch(1, [{ attachedAt }]);
    await scene.jobs();
    await scene.completes('timely', { score: 60, time: new Date('2026-03-01T12:00:00.001Z') });
    // Told again after the award came, it is still the same early completion.
    await scene.completes('early', { score: 60, time: new Date('2026-04-01T12:00:00Z') });
    expect(await scene.decided()).toEqual(['early a-1: waiting for late-award-job', 'timely a-1: eligible']);
    await scene.batch(2, [{ attachedAt, appliesToEarlier: true }]);
    await scene.jobs();
    expect(await scene.topics()).toEqual(['requested', 'requested.bulk']);
    expect(await scene.decided()).toEqual(['early a-1: eligible', 'timely a-1: eligible']);
  });
});

describe('before the completion', () => {
  test('nothing is decided, and a score that came first counts', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.batch(1);
    await scene.learner('L');
    await scene.scores('L', 60);
    await scene.batch(2, [{ version: 2 }]);
    expect([await scene.decided(), await scene.jobs()]).toEqual([[], 0]);
    await scene.completes('L');
    expect(await scene.topics()).toEqual(['requested']);
  });
});

describe('states of batches and learners', () => {
  test('are taken over only over a lower sequence, whatever order they come in', async () => {
    const scene = new EvaluatorScene(dataSource);
    await scene.batch(7);
    await scene.batch(6, []);
    await scene.batch(7, []);
    await scene.learner('L', 3, 'New');
    await scene.learner('L', 2, 'Old');
    await scene.completes('L', { score: 60 });
    expect((await scene.said())[0]?.data).toMatchObject({ recipient: { name: 'New' } });
  });

  test('of two tenants with the same ids never meet', async () => {
    const [one, other] = [new EvaluatorScene(dataSource), new EvaluatorScene(dataSource)];
    await one.batch(1);
    await one.learner('L');
    await other.completes('L', { score: 99, id: 'same' });
    await one.completes('L', { score: 41, id: 'same' });
    await other.scores('L', 100, { attemptId: 'same' });
    await one.scores('L', 42, { attemptId: 'same' });
    await one.jobs();
    expect([await one.decided(), await other.decided()]).toEqual([['L a-1: withheld'], ['L : waiting for batch']]);
    await other.batch(1, [{ criteria: { enrolment: { status: 'completed' } } }]);
    await one.jobs();
    expect(await other.decided()).toEqual(['L a-1: waiting for learner']);
    expect([await one.topics(), await other.topics()]).toEqual([['withheld', 'withheld'], []]);
  });
});

describe('the job of a batch', () => {
  test('goes on where it stopped, at most 1,000 rows ahead of the outbox, on the bulk lane above 1,000 waiting', async () => {
    await dataSource.query('DELETE FROM outbox');
    const scene = new EvaluatorScene(dataSource);
    const learners = Array.from({ length: 1_001 }, (_, at) => `L${at}`);
    await scene.completeAll(learners, { score: 60 });
    await scene.learnersAll(learners);
    await scene.batch(1);
    // The later job does all of the earlier one.
    await scene.batch(2, [{ version: 2 }]);
    expect(await scene.jobs()).toBe(6);
    expect(await scene.topics()).toEqual(Array.from({ length: 1_000 }, () => 'requested.bulk'));
    await dataSource.query('DELETE FROM outbox');
    expect(await scene.jobs()).toBe(1);
    expect(await scene.topics()).toEqual(['requested.bulk']);
    expect(new Set((await scene.decisions()).map(({ outcome, awardVersion }) => `${outcome} ${awardVersion}`))).toEqual(
      new Set(['eligible 2']),
    );
  });
});
