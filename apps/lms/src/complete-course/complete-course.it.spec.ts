import type { Award } from '@laurel/contracts';
import { waitFor } from '@laurel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, LmsScene } from '../scene/lms-scene.spec.ts';

const issuerId = '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02';
let scene: LmsScene;

beforeAll(async () => {
  scene = await LmsScene.open();
}, 90_000);
afterAll(() => scene.close());

const call = (as: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  scene.call(as, method, path, body);
const saidOf = (fact: string) => scene.saidOf(fact);
const dataOf = (fact: string) => saidOf(fact).map(({ data }) => data);

const award = {
  id: 'a-1',
  name: 'Certificate of completion',
  credentialType: { id: 'course-completion' },
  template: { id: 'classic' },
  criteria: { enrolment: { status: 'completed' }, score: { final: { '>=': 60 } } },
  issuerId,
};

async function makeBatch(id: string, more: object = {}): Promise<void> {
  const body = { id, courseId: 'rust', name: `Run ${id}`, startsOn: '2026-01-05', ...more };
  expect((await call('creator', 'POST', '/v1/batches', body)).status).toBe(201);
}

test('from a tenant to a completion: each fact is on its topic, with its version', async () => {
  const profile = { name: 'Academy', timeZone: 'Asia/Kolkata', languages: ['en'] };
  const publicData = { recipientName: 'full', results: true, documents: true };
  await call('operator', 'PUT', '/v1/tenants/demo', profile);
  const leaky = await call('operator', 'PUT', '/v1/tenants/demo', {
    ...profile,
    publicData: { ...publicData, recipientName: 'initials' },
  });
  expect([leaky.status, leaky.json.errors]).toMatchObject([400, [{ pointer: '/publicData/documents' }]]);
  expect(await call('operator', 'PUT', '/v1/tenants/demo', profile)).toMatchObject({ json: { version: 1 } });
  await call('creator', 'POST', '/v1/courses', { id: 'rust', title: 'Rust' });
  await makeBatch('b-1', { endsOn: '2099-12-31' });
  expect(await call('creator', 'PATCH', '/v1/courses/rust', { title: 'Rust, second edition' })).toMatchObject({
    json: { version: 2 },
  });

  // The copies come over Kafka; until then the answer names what is missing.
  const early = await call('creator', 'POST', '/v1/batches/b-1/awards', award);
  expect(early).toMatchObject({ status: 409, retryAfter: '1' });
  expect(early.json.errors).toMatchObject([
    { pointer: '/credentialType' },
    { pointer: '/template' },
    { pointer: '/issuerId' },
  ]);
  const type = {
    typeId: 'course-completion',
    name: 'Course completion',
    input: { batchId: { type: 'string', required: true }, score: { type: 'number', required: false } },
    occasion: ['batchId', 'awardId', 'learnerId'],
    claims: ['batchId', 'score'],
    meta: [],
    achievementType: 'Course',
    validity: 'P2Y',
    qr: 'url',
  };
  const template = { templateId: 'classic', version: 1, title: 'Classic', mediaType: 'image/svg+xml', slots: ['qr'] };
  await scene.publish('credential-type.published', { ...type, version: 2 });
  await scene.publish('credential-type.published', { ...type, version: 1 });
  await scene.publish('template.published', { ...template, sha256: 'a'.repeat(64) });
  const issuer = { issuerId, name: 'Academy', url: 'https://academy.example', did: 'did:web:x' };
  await scene.publish('issuer.updated', issuer, { sequence: 1 });
  const attached = await waitFor(
    'the copies of type, template and issuer',
    () => call('creator', 'POST', '/v1/batches/b-1/awards', award),
    ({ status }) => status === 201,
  );
  expect(attached.json).toMatchObject({
    reaches: 0,
    award: {
      version: 1,
      appliesToEarlier: false,
      credentialType: { version: 2, occasion: ['batchId', 'awardId', 'learnerId'], validity: 'P2Y' },
      template: { version: 1, sha256: 'a'.repeat(64), mediaType: 'image/svg+xml' },
      achievement: { type: 'Course', name: 'Rust', description: 'Completed the course Rust.' },
      issuerId,
    },
  });

  const csv = 'learnerId,name,email\r\nL-1,आशा वर्मा,l1@demo.example\r\n"L-2","O\'Brien, ""Al""",\r\n';
  expect(await call('creator', 'POST', '/v1/batches/b-1/enrolments/csv', csv)).toMatchObject({
    status: 200,
    json: { summary: { enrolled: 2, 'already-enrolled': 0, refused: 0 } },
  });
  const scored = {
    learnerId: 'L-1',
    assessmentId: 'final',
    attemptId: '1',
    score: 87.5,
    scoredAt: '2026-02-01T00:00:00Z',
  };
  expect((await call('issuer', 'POST', '/v1/batches/b-1/scores', scored)).status).toBe(202);
  const older = { ...scored, score: 10, scoredAt: '2026-01-31T00:00:00Z' };
  expect(await call('issuer', 'POST', '/v1/batches/b-1/scores', older)).toMatchObject({
    status: 200,
    json: { score: 87.5 },
  });
  const completed = { learnerId: 'L-1', completedAt: '2026-02-01T12:00:00+05:30', score: 87.5 };
  expect(await call('issuer', 'POST', '/v1/batches/b-1/completions', completed)).toMatchObject({
    status: 202,
    json: { status: 'completed', progress: 100, courseVersion: 1, completedAt: '2026-02-01T06:30:00.000Z' },
  });

  const [completion] = await waitFor(
    'the completion',
    () => dataOf('course.completed'),
    ({ length }) => length === 1,
  );
  expect(completion).toEqual({
    enrolmentId: expect.any(String),
    batchId: 'b-1',
    learnerId: 'L-1',
    completedAt: '2026-02-01T06:30:00.000Z',
    score: 87.5,
  });
  await waitFor(
    'all facts',
    () => scene.said,
    ({ length }) => length >= 7,
  );
  expect(saidOf('batch.updated').map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(dataOf('batch.updated')).toMatchObject([
    { course: { id: 'rust', version: 1, title: 'Rust' }, timeZone: 'Asia/Kolkata', awards: [] },
    { endsOn: '2099-12-31', enrolment: 'open', awards: [attached.json.award] },
  ]);
  expect(dataOf('assessment.scored')).toMatchObject([{ learnerId: 'L-1', assessmentId: 'final', score: 87.5 }]);
  expect(dataOf('tenant.updated')).toEqual([{ id: 'demo', ...profile, publicData }]);
  expect(new Set(dataOf('learner.updated'))).toEqual(
    new Set([
      { learnerId: 'L-1', name: 'आशा वर्मा', email: 'l1@demo.example' },
      { learnerId: 'L-2', name: 'O\'Brien, "Al"' },
    ]),
  );
});

test('an award that is attached late reaches who had completed, and issues to them only when it is told to', async () => {
  await makeBatch('b-late');
  for (const learnerId of ['L-1', 'L-2', 'L-3']) {
    expect((await call('issuer', 'POST', '/v1/batches/b-late/enrolments', { learnerId })).status).toBe(201);
    if (learnerId === 'L-3') continue;
    expect((await call('issuer', 'POST', '/v1/batches/b-late/completions', { learnerId })).status).toBe(202);
  }
  const attached = await call('creator', 'POST', '/v1/batches/b-late/awards', award);
  expect(attached.json).toMatchObject({ reaches: 2, award: { version: 1, appliesToEarlier: false } });
  await call('issuer', 'POST', '/v1/batches/b-late/completions', { learnerId: 'L-3' });

  const path = '/v1/batches/b-late/awards/a-1';
  const { id: _, ...changed } = award;
  const replaced = await call('creator', 'PUT', path, { ...changed, name: 'With distinction' });
  // Who completed after it was attached is not among those whom only the job reaches.
  expect(replaced.json).toMatchObject({ reaches: 2, award: { version: 2, appliesToEarlier: false } });
  for (let time = 0; time < 2; time += 1) {
    expect(await call('creator', 'POST', `${path}/issue-earlier`)).toMatchObject({ status: 202, json: { reaches: 2 } });
  }
  expect((await call('creator', 'DELETE', path)).status).toBe(204);
  expect((await call('creator', 'PUT', path, changed)).status).toBe(404);
  expect(await call('creator', 'POST', '/v1/batches/b-late/awards', award)).toMatchObject({
    json: { reaches: 3, award: { version: 3, appliesToEarlier: false } },
  });

  const ofBatch = () => saidOf('batch.updated').filter(({ data }) => data['batchId'] === 'b-late');
  const events = await waitFor('six states of the batch', ofBatch, ({ length }) => length === 6);
  expect(events.map(({ sequence, data }) => [sequence, (data['awards'] as unknown as State[]).map(shortly)])).toEqual([
    [1, []],
    [2, ['1 Certificate of completion']],
    [3, ['2 With distinction']],
    [4, ['2 With distinction, to earlier ones too']],
    [5, []],
    [6, ['3 Certificate of completion']],
  ]);
});

type State = Pick<Award, 'version' | 'name' | 'appliesToEarlier'>;
const shortly = ({ version, name, appliesToEarlier }: State) =>
  `${version} ${name}${appliesToEarlier ? ', to earlier ones too' : ''}`;

test('what cannot be awarded is refused, with each place', async () => {
  const wrong = { ...award, id: 'a-2', criteria: { enrolment: { status: '2' }, score: { final: { '>=': '80' } } } };
  const refused = await call('creator', 'POST', '/v1/batches/b-1/awards', wrong);
  expect(refused.status).toBe(422);
  expect(refused.json.errors).toMatchObject([
    { pointer: '/criteria/enrolment/status' },
    { pointer: '/criteria/score/final/>=' },
  ]);
  await scene.publish('credential-type.published', {
    typeId: 'vaccination',
    version: 1,
    name: 'Vaccination',
    input: { dose: { type: 'string', required: true } },
    occasion: ['dose'],
    claims: [],
    meta: [],
    qr: 'url',
  });
  const unfit = await waitFor(
    'the copy of the type',
    () =>
      call('creator', 'POST', '/v1/batches/b-1/awards', { ...award, id: 'a-2', credentialType: { id: 'vaccination' } }),
    ({ status }) => status !== 409,
  );
  expect(unfit).toMatchObject({ status: 422, json: { errors: [{ pointer: '/credentialType' }] } });
  expect(unfit.json.detail).toContain('it requires dose');
});

test('ten equal completions at once are one completion and one event', async () => {
  await call('issuer', 'POST', '/v1/batches/b-1/enrolments', { learnerId: 'L-10' });
  const before = dataOf('course.completed').length;
  // The row is held until several of them stand before it: each then has to see what the one before it did.
  const sending = await scene.dataSource.transaction(async (holder) => {
    await holder.query("SELECT 1 FROM enrolment WHERE batch_id = 'b-1' AND learner_id = 'L-10' FOR UPDATE");
    const sent = Array.from({ length: 10 }, (_, score) =>
      call('issuer', 'POST', '/v1/batches/b-1/completions', { learnerId: 'L-10', score }),
    );
    // Asked outside of the transaction, which would see the sessions as they were when it asked first.
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await waitFor(
      'requests that wait',
      () => scene.dataSource.query<unknown[]>(waiting),
      ({ length }) => length >= 5,
    );
    return { all: () => Promise.all(sent) };
  });
  const completed = await sending.all();
  expect(completed.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 9 }, () => 200), 202]);
  expect(new Set(completed.map(({ json }) => JSON.stringify(json))).size).toBe(1);
  // What is said later comes later: had there been a second one, it would stand before this.
  await call('issuer', 'PUT', '/v1/batches/b-1/learners/L-2/progress', { percent: 100 });
  await waitFor(
    'the later completion',
    () => dataOf('course.completed'),
    ({ length }) => length >= before + 2,
  );
  expect(saidOf('course.completed').filter(({ data }) => data['learnerId'] === 'L-10')).toHaveLength(1);
});

test('progress never goes down, 100 completes, and leaving keeps everything', async () => {
  const progress = (percent: number) => call('issuer', 'PUT', '/v1/batches/b-1/learners/L-11/progress', { percent });
  expect(await progress(10)).toMatchObject({ status: 409, json: { type: 'urn:laurel:problem:not-enrolled' } });
  await call('issuer', 'POST', '/v1/batches/b-1/enrolments', { learnerId: 'L-11', learner: { name: 'Amina' } });
  expect((await progress(62.5)).json).toMatchObject({ progress: 62.5, status: 'enrolled' });
  expect((await progress(40)).json).toMatchObject({ progress: 62.5 });
  expect((await call('issuer', 'DELETE', '/v1/batches/b-1/enrolments/L-11')).status).toBe(204);
  expect(await progress(70)).toMatchObject({ status: 409 });
  expect((await call('issuer', 'POST', '/v1/batches/b-1/enrolments', { learnerId: 'L-11' })).json).toMatchObject({
    progress: 62.5,
    status: 'enrolled',
  });
  const { json } = await progress(100);
  expect(json).toMatchObject({ progress: 100, status: 'completed' });
  expect((await progress(20)).json).toEqual(json);
  expect(await call('issuer', 'DELETE', '/v1/batches/b-1/enrolments/L-11')).toMatchObject({
    status: 409,
    json: { type: 'urn:laurel:problem:enrolment-completed' },
  });
});

test('a batch that has ended takes nobody until it is extended', async () => {
  await makeBatch('b-over', { startsOn: '2024-01-01', endsOn: '2024-02-29', timeZone: 'Pacific/Kiritimati' });
  const enrol = () => call('issuer', 'POST', '/v1/batches/b-over/enrolments', { learnerId: 'L-1' });
  const refused = await enrol();
  expect(refused).toMatchObject({ status: 409, json: { type: 'urn:laurel:problem:batch-ended' } });
  expect(refused.json.detail).toContain('ended on 2024-02-29 (Pacific/Kiritimati)');
  expect(refused.json.detail).toContain('PATCH');
  const change = (body: object) => call('creator', 'PATCH', '/v1/batches/b-over', body);
  expect(await change({ endsOn: '2023-12-31' })).toMatchObject({
    status: 422,
    json: { errors: [{ pointer: '/endsOn' }] },
  });
  expect(await change({ endsOn: '2099-01-01' })).toMatchObject({
    status: 200,
    json: { status: 'ongoing', version: 2 },
  });
  expect(await change({ endsOn: '2099-01-01' })).toMatchObject({ json: { version: 2 } });
  expect((await enrol()).status).toBe(201);
});
