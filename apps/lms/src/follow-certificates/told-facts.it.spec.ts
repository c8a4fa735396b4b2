import { enrolmentId } from '@laurel/contracts';
import { sendRecords, waitFor } from '@laurel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, LmsScene } from '../scene/lms-scene.spec.ts';

let scene: LmsScene;

beforeAll(async () => {
  scene = await LmsScene.open();
  for (const tenant of ['demo', 'demo-two']) {
    const profile = { name: tenant, timeZone: 'Asia/Kolkata', languages: ['en'] };
    await scene.call('operator', 'PUT', `/v1/tenants/${tenant}`, profile, tenant);
    await scene.call('creator', 'POST', '/v1/courses', { id: 'rust', title: `Rust of ${tenant}` }, tenant);
  }
}, 90_000);
afterAll(() => scene.close());

type Item = Record<string, unknown> & { certificate: { links?: unknown } };
const itemsOf = async (path: string) => (await call('viewer', 'GET', path)).json.items as Item[];
const call = (as: string, method: string, path: string, body?: unknown, tenant?: string): Promise<Answer> =>
  scene.call(as, method, path, body, tenant);
const makeBatch = (id: string, tenant?: string) =>
  call('creator', 'POST', '/v1/batches', { id, courseId: 'rust', name: id, startsOn: '2026-01-05' }, tenant);

/** A plain line, as a ten-line script writes it. */
const plain = (value: object) => ({
  topic: 'course.completed',
  // One key: records of different keys have no order among each other.
  key: 'whatever',
  headers: {},
  value: JSON.stringify({ tenantId: 'demo', completedAt: '2026-03-01T12:00:00+05:30', ...value }),
});

const scripts = ['Asha Verma', 'लक्ष्मी नारायण', 'கவிதா', 'অনন্যা', 'عائشة', 'יעל', '王小明', 'さくら', '김민준', 'สมชาย'];

test('a file of nasty rows: every good row is whole, no bad one leaves anything', async () => {
  await makeBatch('csv');
  const hostile = ['"O\'Brien, ""Al"""', '<b>Bold</b> & Co', '=HYPERLINK(1)', `"${'n'.repeat(200)}"`];
  const good = [...scripts, ...hostile].map((name, index) => `L-${index},${name},l${index}@demo.example`);
  const bad = [
    'L-x,nul\0byte,',
    'L-y,Name,not-an-address',
    ',Nobody,',
    `L-0,Twice,`,
    `L-z,${'n'.repeat(201)},`,
    'L-w,a,b,c',
  ];
  const file = `\ufefflearnerId,name,email\r\n${[...good, ...bad].join('\r\n')}\r\n`;
  const path = '/v1/batches/csv/enrolments/csv';
  const { status, json } = await call('issuer', 'POST', path, file);
  expect(status).toBe(200);
  expect(json.summary).toEqual({ enrolled: 14, 'already-enrolled': 0, refused: 6 });
  expect((json.rows as unknown[]).slice(14)).toMatchObject([
    { line: 16, learnerId: 'L-x', field: 'name', reason: expect.stringContaining('without control characters') },
    { line: 17, field: 'email' },
    { line: 18, field: 'learnerId', reason: 'is empty' },
    { line: 19, field: 'learnerId', reason: 'stands in line 2 already; that row was taken' },
    { line: 20, field: 'name' },
    { line: 21, reason: expect.stringContaining('has 4 cells') },
  ]);
  const learners = await itemsOf('/v1/learners?limit=100');
  const names = new Map(learners.map(({ id, name }) => [id, name]));
  scripts.forEach((name, index) => expect(names.get(`L-${index}`)).toBe(name));
  expect([...names.values()]).toEqual(expect.arrayContaining(['O\'Brien, "Al"', '<b>Bold</b> & Co', '=HYPERLINK(1)']));
  expect(names.size).toBe(14);
  expect((await call('issuer', 'POST', path, file)).json.summary).toEqual({
    enrolled: 0,
    'already-enrolled': 14,
    refused: 6,
  });

  // What is broken as a whole changes nothing.
  const rows = Array.from({ length: 60_000 }, (_, index) => `many-${index}`).join('\n');
  for (const [broken, detail] of [
    [`learnerId\n${rows}`, 'at most 50000 rows'],
    ['learnerId,naem\nnew-1,x', 'line 1, column 2'],
    ['learnerId,name\nnew-1,x\nnew-2,"y', 'line 3, column 2'],
  ]) {
    const answer = await call('issuer', 'POST', path, broken);
    expect(answer).toMatchObject({ status: 422, json: { detail: expect.stringContaining(detail!) } });
  }
  expect((await call('issuer', 'POST', path, `learnerId\n${'x'.repeat(5_242_880)}`)).status).toBe(413);
  expect((await call('viewer', 'GET', '/counts')).json).toMatchObject({ enrolled: 14, completed: 0 });

  const completed =
    'learnerId,completedAt,score\nL-0,2026-02-01T00:00:00Z,"87,5"\nL-1,2999-01-01T00:00:00Z,\nL-2,,87.5\nL-99,,\n';
  const { json: report } = await call('issuer', 'POST', '/v1/batches/csv/completions/csv', completed);
  expect(report.rows).toMatchObject([
    { learnerId: 'L-0', verdict: 'refused', field: 'score' },
    { learnerId: 'L-1', verdict: 'refused', field: 'completedAt', reason: 'must not lie in the future' },
    { learnerId: 'L-2', verdict: 'completed' },
    { learnerId: 'L-99', verdict: 'refused', field: 'learnerId', reason: expect.stringContaining('not enrolled') },
  ]);
});

test('another LMS completes a learner whom nobody knows, in a batch that nobody knows yet', async () => {
  await sendRecords(scene.topics.broker, [
    plain({ batchId: 'foreign', learnerId: 'F-1', score: 91 }),
    plain({ batchId: 'foreign', learnerId: 'F-1', learner: { name: 'आशा' }, score: 10 }),
    plain({ batchId: 'foreign', learnerId: 'F-1', learner: { name: 'Another', email: 'f1@demo.example' } }),
    plain({ batchId: 'foreign', learnerId: 'F-2', completedAt: '0000-01-01T00:00:00Z' }),
  ]);
  // What this service says itself comes back to it, and is no news: here it tells of someone who is not enrolled.
  const own = { enrolmentId: enrolmentId('demo', 'foreign', 'F-own'), batchId: 'foreign', learnerId: 'F-own' };
  const told = { ...own, completedAt: '2026-03-01T12:00:00Z' };
  await scene.publish('course.completed', told, { source: '/laurel/lms' });
  const last = { batchId: 'foreign', learnerId: 'F-3', completedAt: '2026-03-01T12:00:00Z' };
  const id = enrolmentId('demo', 'foreign', 'F-own');
  await scene.publish('course.completed', { ...last, enrolmentId: id }, { source: 'urn:another-lms' });
  const items = () => itemsOf('/v1/batches/foreign/enrolments');
  const found = await waitFor('the enrolments', items, (rows) => rows?.length === 3);
  expect(found).toMatchObject([
    { learnerId: 'F-1', source: 'foreign', status: 'completed', completedAt: '2026-03-01T06:30:00.000Z', score: 91 },
    { learnerId: 'F-2', status: 'completed' },
    { learnerId: 'F-3', status: 'completed' },
  ]);
  expect((await call('viewer', 'GET', '/v1/learners/F-1')).json).toMatchObject({
    name: 'आशा',
    email: 'f1@demo.example',
  });
  expect((await call('viewer', 'GET', '/v1/learners/F-2')).json).toEqual({ id: 'F-2', version: 1 });
  expect((await call('viewer', 'GET', '/v1/learners/F-own')).status).toBe(404);

  expect((await makeBatch('foreign')).status).toBe(201);
  expect((await items())[0]).toMatchObject({ courseVersion: 1 });
  // Over HTTP it is the same completion: answered, and not said again.
  const again = await call('issuer', 'POST', '/v1/batches/foreign/completions', { learnerId: 'F-1', score: 3 });
  expect(again).toMatchObject({ status: 200, json: { score: 91 } });
  await call('issuer', 'PATCH', '/v1/learners/F-1', { name: 'Asha' });
  const renamed = () => scene.saidOf('learner.updated').filter(({ data }) => data['learnerId'] === 'F-1');
  const updates = await waitFor('the new name', renamed, (events) => events.at(-1)?.data['name'] === ('Asha' as never));
  expect(updates.map(({ sequence }) => sequence)).toEqual([...updates.keys()].map((index) => index + 1));
  // The relay sends in order: had it been said again, that would have come before this one.
  await call('issuer', 'POST', '/v1/batches/csv/completions', { learnerId: 'L-5' });
  const learners = () => scene.saidOf('course.completed').map(({ data }) => data['learnerId']);
  await waitFor('the later completion', learners, (ids) => ids.includes('L-5' as never));
  expect(learners()).not.toContain('F-1');
});

const reference = (learnerId: string, certificateId: string, number: string) => ({
  certificateId,
  number,
  credentialType: { id: 'course-completion', version: 1 },
  occasion: { batchId: 'foreign', awardId: 'a-1', learnerId },
  issueNumber: 1,
  award: { id: 'a-1', version: 1 },
});
const recipient = (learnerId: string) => ({ recipient: { learnerId, name: 'Asha' } });
const link = (what: string) => `https://certificates.example/v/${what}`;
const issued = (learnerId: string, certificateId: string, number: string) => ({
  ...reference(learnerId, certificateId, number),
  ...recipient(learnerId),
  state: 'issued',
  requestId: crypto.randomUUID(),
  issuerId: crypto.randomUUID(),
  issuedAt: '2026-03-01T12:00:02.000Z',
  links: { verify: link('1'), pdf: link('1.pdf'), credential: link('1.jwt') },
  hashes: { pdf: 'a'.repeat(64), credential: 'b'.repeat(64) },
});

test('a learner sees each certificate in its last state, whatever order the facts come in', async () => {
  const [first, second, failed] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  const withheld = (learnerId: string) => ({
    enrolmentId: enrolmentId('demo', 'foreign', learnerId),
    batchId: 'foreign',
    learnerId,
    award: { id: 'a-1', version: 1 },
    clauses: [{ clause: 'score.final >= 60', holds: false, reason: 'the best score is 41 %, below 60 %' }],
    decidedAt: '2026-03-01T12:00:01.000Z',
  });
  const change = { state: 'revoked', changedAt: '2026-03-02T12:00:00.000Z', reason: 'issued by mistake' };
  const revoked = { ...reference('F-1', first, 'DEMO-2026-000001'), ...recipient('F-1'), ...change };
  const suspended = { ...revoked, state: 'suspended', changedAt: '2026-03-02T11:00:00.000Z', reason: 'in doubt' };
  const failure = { state: 'failed', requestId: first, failure: { type: 'template-missing', reason: 'no object' } };
  // Revoked is heard of before the issuing, and the suspension that came before it last of all.
  await scene.publish('certificate.changed', revoked, { type: 'certificate.revoked.v1', sequence: 3 });
  const stateOf = (learner: string) => itemsOf(`/v1/learners/${learner}/certificates`);
  await waitFor(
    'the revocation',
    () => stateOf('F-1'),
    (items) => items?.length === 1,
  );
  await scene.publish('certificate.issued', issued('F-1', first, 'DEMO-2026-000001'));
  await scene.publish('certificate.changed', suspended, { type: 'certificate.suspended.v1', sequence: 2 });
  await scene.publish('certificate.withheld', withheld('F-1'));
  await scene.publish('certificate.withheld', withheld('F-2'));
  await scene.publish('certificate.issued', issued('F-3', second, 'DEMO-2026-000002'));
  await scene.publish('certificate.failed', {
    ...reference('F-3', second, 'DEMO-2026-000002'),
    ...failure,
    failedAt: '2026-03-01T12:00:09.000Z',
  });
  await scene.publish('certificate.failed', {
    ...reference('F-4', failed, 'DEMO-2026-000003'),
    ...failure,
    failedAt: '2026-03-01T12:00:00.000Z',
  });
  const counts = async () => (await call('viewer', 'GET', '/counts')).json as Record<string, number>;
  await waitFor(
    'all outcomes',
    counts,
    ({ issued: of, withheld: held, failed: not }) => of === 2 && held === 1 && not === 1,
  );
  const [lost] = await waitFor(
    'the links',
    () => stateOf('F-1'),
    ([item]) => item?.certificate.links !== undefined,
  );
  expect(lost).toEqual({
    outcome: 'issued',
    at: '2026-03-01T12:00:02.000Z',
    batch: { id: 'foreign', name: 'foreign', courseTitle: 'Rust of demo' },
    award: { id: 'a-1', version: 1 },
    certificate: {
      id: first,
      number: 'DEMO-2026-000001',
      state: 'revoked',
      reason: 'issued by mistake',
      links: { verify: link('1'), pdf: link('1.pdf'), credential: link('1.jwt') },
    },
  });
  expect(await stateOf('F-2')).toMatchObject([{ outcome: 'withheld', clauses: [{ holds: false }] }]);
  expect(await stateOf('F-3')).toMatchObject([{ outcome: 'issued', certificate: { state: 'issued' } }]);

  const own = () => call('learner', 'GET', '/v1/me/certificates');
  expect(await own()).toMatchObject({ status: 404, json: { type: 'urn:laurel:problem:account-unknown' } });
  expect((await call('issuer', 'PATCH', '/v1/learners/F-1', { account: 'demo-learner' })).status).toBe(200);
  expect((await own()).json.items).toEqual([lost]);
  expect(await call('issuer', 'PATCH', '/v1/learners/F-2', { account: 'demo-learner' })).toMatchObject({
    status: 409,
    json: { type: 'urn:laurel:problem:account-taken' },
  });
});

test('two tenants with the same ids never see each other', async () => {
  for (const tenant of ['demo', 'demo-two']) {
    expect((await makeBatch('same', tenant)).status).toBe(201);
    await call('issuer', 'POST', '/v1/learners', { id: 'same', name: `Learner of ${tenant}` }, tenant);
  }
  const enrol = { learnerId: 'same' };
  expect((await call('issuer', 'POST', '/v1/batches/same/enrolments', enrol, 'demo-two')).status).toBe(201);
  const answer = await call('issuer', 'POST', '/v1/batches/same/completions', enrol);
  expect(answer).toMatchObject({ status: 409, json: { type: 'urn:laurel:problem:not-enrolled' } });
  expect((await call('issuer', 'POST', '/v1/batches/same/completions', enrol, 'demo-two')).status).toBe(202);
  for (const tenant of ['demo', 'demo-two']) {
    expect((await call('viewer', 'GET', '/v1/learners/same', undefined, tenant)).json.name).toBe(
      `Learner of ${tenant}`,
    );
    expect((await call('viewer', 'GET', '/v1/batches/same', undefined, tenant)).json.course.title).toBe(
      `Rust of ${tenant}`,
    );
  }
  expect((await call('viewer', 'GET', '/v1/batches/same/enrolments')).json.items).toEqual([]);
  expect((await call('viewer', 'GET', '/counts', undefined, 'demo-two')).json).toEqual({
    enrolled: 1,
    completed: 1,
    issued: 0,
    withheld: 0,
    failed: 0,
  });
  expect((await call('viewer', 'GET', '/v1/batches/foreign', undefined, 'demo-two')).status).toBe(404);
  expect((await call('viewer', 'GET', '/v1/learners/F-1/certificates', undefined, 'demo-two')).status).toBe(404);
  expect(
    (await call('admin', 'PUT', '/v1/tenants/demo', { name: 'x', timeZone: 'UTC', languages: ['en'] }, 'demo-two'))
      .status,
  ).toBe(403);
  await waitFor(
    'the completion',
    () => scene.saidOf('course.completed', 'demo-two'),
    ({ length }) => length === 1,
  );
});

test('an Idempotency-Key makes one thing of two requests', async () => {
  const make = () =>
    scene.call('creator', 'POST', '/v1/courses', { title: 'Once' }, 'demo', { 'idempotency-key': 'k-1' });
  const [first, second] = [await make(), await make()];
  expect(first.status).toBe(201);
  expect(second.json).toEqual(first.json);
  expect(await call('creator', 'POST', '/v1/courses', { id: first.json.id, title: 'Twice' })).toMatchObject({
    status: 409,
    json: { type: 'urn:laurel:problem:course-exists' },
  });
});
