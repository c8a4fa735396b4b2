import type { CertificateRow } from '@laurel/certificates';
import { waitFor } from '@laurel/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { ChangeJobRepository } from '../change-many/change-job.repository.ts';
import { RegistryScene, requestFor } from './registry-scene.spec.ts';

let scene: RegistryScene;
let issuer: { id: string; did: string };

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  issuer = await scene.newIssuer('demo');
});
afterAll(() => scene.stop());

interface Job {
  readonly state: string;
  readonly failure?: string;
  readonly counts: Readonly<Record<'matched' | 'changed' | 'already' | 'blocked' | 'failed', number>>;
  readonly items: { certificateId: string; line?: number; result?: string; state?: string; reason?: string }[];
  readonly next?: string;
}

const start = (body: object, headers: Record<string, string> = {}, as = 'demo issuer') =>
  scene.call('POST /v1/certificates/changes', { as, body, headers });
const startFile = async (query: string, text: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${scene.url}/v1/certificates/changes/csv?${query}`, {
    method: 'POST',
    headers: { ...(await scene['tokens'].of('demo', 'issuer')), 'content-type': 'text/csv', ...headers },
    body: text,
  });
  return {
    status: answer.status,
    json: (await answer.json()) as Record<string, string> & { errors: { detail: string }[] },
  };
};
const jobIdOf = ({ json }: { json: object }) => (json as { jobId: string }).jobId;
const read = async (jobId: string, query = '') => {
  const { json } = await scene.call(`GET /v1/certificates/changes/${jobId}${query}`, { as: 'demo viewer' });
  return json as unknown as Job;
};
const done = (jobId: string) =>
  waitFor(
    'the job',
    () => read(jobId),
    ({ state }) => state !== 'running',
  );
const certificates = async (batchId: string, count: number, isIssued = true): Promise<CertificateRow[]> => {
  const rows: CertificateRow[] = [];
  for (let index = 0; index < count; index += 1) {
    const learnerId = `${batchId}-${index}-${isIssued}`;
    const more = { occasion: { batchId, awardId: 'a-1', learnerId } };
    const row = await scene.allocate('demo', requestFor('demo', issuer.id, learnerId, more));
    if (isIssued) await scene.issue(row);
    rows.push(await scene.row(row.id));
  }
  return rows;
};
/** Many more of the same, without their making: the rows of one that was made, under other keys. */
const copies = async (of: CertificateRow, batchId: string, count: number): Promise<void> => {
  const columns = await scene.owner.query<{ name: string }[]>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'certificate'`,
  );
  const given: Record<string, string> = {
    ...{ id: 'uuidv7()', public_id: "'copy-' || gen_random_uuid()", number: "'COPY-' || gen_random_uuid()" },
    ...{ occasion_key: 'gen_random_uuid()', batch_id: '$2', status_list: 'NULL', status_index: 'NULL' },
  };
  const names = columns.map(({ name }) => name);
  await scene.owner.query(
    `INSERT INTO certificate (${names.join(', ')}) SELECT ${names.map((name) => given[name] ?? `c.${name}`).join(', ')}
     FROM certificate c CROSS JOIN generate_series(1, $3::int) WHERE c.id = $1`,
    [of.id, batchId, count],
  );
};
const states = async (batchId: string) => {
  const rows = await scene.owner.query<{ state: string; version: number; count: number }[]>(
    'SELECT state, version, count(*)::int FROM certificate WHERE batch_id = $1 GROUP BY 1, 2 ORDER BY 1, 2',
    [batchId],
  );
  return rows.map(({ state, version, count }) => `${count} ${state} ${version}`);
};
const saidOfBatch = async (batchId: string) => {
  const [row] = await scene.owner.query<[{ events: number; certificates: number }]>(
    `SELECT count(*)::int AS events, count(DISTINCT c.id)::int AS certificates
     FROM said JOIN certificate c ON c.id = (value::json ->> 'certificateId')::uuid
     WHERE topic = 'certificate.changed' AND c.batch_id = $1`,
    [batchId],
  );
  return row;
};

/** The sessions of the registry that wait for a lock. */
const waitingForLock = async () => {
  const rows = await scene.owner.query<{ pid: number }[]>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
     AND usename = 'certificate_registry'`,
  );
  return rows.map(({ pid }) => pid);
};

it('changes what fits a filter, tells each outcome, and a dry run tells the same and changes nothing', async () => {
  const issued = await certificates('f-1', 3);
  const [being] = await certificates('f-1', 1, false);
  await scene.call(`POST /v1/certificates/${issued[0]!.id}/suspend`, { as: 'demo issuer', body: { reason: 'Audit' } });
  await scene.call(`POST /v1/certificates/${issued[1]!.id}/revoke`, { as: 'demo issuer', body: { reason: 'Forged' } });
  const before = await states('f-1');
  const ask = { change: 'suspend', reason: 'Audit', filter: { batchId: 'f-1' } };
  const dry = await done(jobIdOf(await start({ ...ask, dryRun: true })));
  expect([dry.state, dry.counts]).toEqual(['done', { matched: 4, changed: 1, already: 1, blocked: 2, failed: 0 }]);
  expect(await states('f-1')).toEqual(before);
  const jobId = jobIdOf(await start(ask));
  const job = await done(jobId);
  expect([job.state, job.counts]).toEqual(['done', dry.counts]);
  expect(job.items.map(({ certificateId, result, state }) => [certificateId, result, state])).toEqual([
    [issued[0]!.id, 'already', 'suspended'],
    [issued[1]!.id, 'blocked', 'revoked'],
    [issued[2]!.id, 'changed', 'suspended'],
    [being!.id, 'blocked', 'allocated'],
  ]);
  expect(job.items[1]?.reason).toMatch(/is revoked: POST .*reissue makes a new one/);
  // Page by page, and those of one outcome alone.
  const page = await read(jobId, '?limit=3');
  const rest = await read(jobId, `?limit=3&cursor=${page.next}`);
  expect([...page.items, ...rest.items]).toEqual(job.items);
  expect((await read(jobId, '?result=blocked')).items).toHaveLength(2);
  expect((await scene.call(`GET /v1/certificates/changes/${jobId}`, { as: 'demo-two admin' })).status).toBe(404);
});

it('takes all members of a filter together, and one tenant alone', async () => {
  const [mine] = await certificates('f-2', 1);
  const other = await scene.newIssuer('demo-two');
  const foreign = await scene.issued('demo-two', other.id, 'f-2-0-true', {
    occasion: { batchId: 'f-2', awardId: 'a-1', learnerId: 'f-2-0-true' },
  });
  const issuedFrom = new Date(Date.now() + 3_600_000).toISOString();
  const none = async (filter: object) =>
    (await done(jobIdOf(await start({ change: 'revoke', reason: 'x', filter })))).counts.matched;
  expect(await none({ batchId: 'f-2', issuedFrom })).toBe(0);
  expect(await none({ batchId: 'f-2', credentialTypeId: 'another' })).toBe(0);
  expect(await none({ batchId: 'f-2', state: 'failed' })).toBe(0);
  expect(await none({ batchId: 'f-2', learnerId: 'nobody' })).toBe(0);
  const all = { batchId: 'f-2', awardId: 'a-1', learnerId: 'f-2-0-true', credentialTypeId: 'course-completion' };
  expect(await none({ ...all, state: 'issued', issuedBefore: issuedFrom })).toBe(1);
  expect([(await scene.row(mine!.id)).state, (await scene.row(foreign.id)).state]).toEqual(['revoked', 'issued']);
});

it('refuses what is meant by mistake, by the field', async () => {
  const bad = async (body: object) => {
    const { status, json } = await start({ change: 'revoke', reason: 'x', filter: { batchId: 'b' }, ...body });
    return [status, json.errors[0]?.pointer];
  };
  expect(await bad({ filter: {} })).toEqual([400, '/filter']);
  expect(await bad({ filter: { batch: 'b' } })).toEqual([400, '/filter/batch']);
  expect(await bad({ until: '2099-01-01T00:00:00Z' })).toEqual([400, '/until']);
  expect(await bad({ change: 'suspend', until: '2020-01-01T00:00:00Z' })).toEqual([400, '/until']);
  expect(await bad({ change: 'supersede' })).toEqual([400, '/change']);
  const body = { change: 'revoke', reason: 'x', filter: { batchId: 'b' } };
  expect((await start(body, {}, 'demo viewer')).status).toBe(403);
});

it('an Idempotency-Key makes one job of two requests', async () => {
  const body = { change: 'revoke', reason: 'x', dryRun: true, filter: { batchId: 'nobody' } };
  const [first, second] = [
    await start(body, { 'idempotency-key': 'k' }),
    await start(body, { 'idempotency-key': 'k' }),
  ];
  expect([first.status, second.json]).toEqual([202, first.json]);
  const rows = await certificates('f-3', 1);
  const text = `certificate\n${rows[0]!.number}\n`;
  const file = () => startFile('change=revoke&reason=x&dryRun=true', text, { 'idempotency-key': 'k-file' });
  expect((await file()).json).toEqual((await file()).json);
});

it('changes what a file names by id or number, with reasons and ends of its own', async () => {
  const rows = await certificates('c-1', 3);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const text = `\ufeffreason,certificate,until\r\n"In doubt, again",${rows[0]!.number},${until}\r\n,${rows[1]!.id.toUpperCase()},\r\n`;
  const job = await done(jobIdOf(await startFile('change=suspend&reason=Audit', text)));
  expect(job.counts).toEqual({ matched: 2, changed: 2, already: 0, blocked: 0, failed: 0 });
  expect(job.items.map(({ line, result }) => [line, result])).toEqual([
    [2, 'changed'],
    [3, 'changed'],
  ]);
  expect(await scene.row(rows[0]!.id)).toMatchObject({
    ...{ state: 'suspended', state_reason: 'In doubt, again', suspended_until: new Date(until) },
  });
  expect(await scene.row(rows[1]!.id)).toMatchObject({ state_reason: 'Audit', suspended_until: null });
  expect((await scene.row(rows[2]!.id)).state).toBe('issued');
});

it.each<[string, (number: string) => string, string]>([
  [
    'an unknown number',
    (number) => `certificate\n${number}\nNONE-1`,
    'line 3, column 1: the tenant has no certificate',
  ],
  [
    'one twice',
    (number) => `certificate\n${number}\n\n${number}`,
    'line 4, column 1: the certificate stands in line 2',
  ],
  ['an empty cell', () => 'reason,certificate\nx,', 'line 2, column 2: certificate is empty'],
  ['an end that is no instant', (number) => `certificate,until\n${number},tomorrow`, 'line 2, column 2: until must be'],
  ['an end that is over', (n) => `certificate,until\n${n},2020-01-01T00:00:00Z`, 'line 2, column 2: until is over'],
  ['a foreign column', () => 'certificate;reason\nx;y', 'line 1, column 1: this column of the header is none of'],
  ['no column of certificates', () => 'reason\nx', 'line 1, column 2: the header lacks the column certificate'],
  ['a cell too many', (number) => `certificate\n${number},x`, 'line 2, column 2: the line has 2 cells'],
  ['an open quote', (number) => `certificate\n"${number}\nx`, 'line 2, column 1: a double quote opens a cell'],
  ['text behind a quote', (n) => `certificate,reason\n${n},"a"b`, 'line 2, column 2: after the double quote'],
  ['no line', () => 'certificate\n', 'line 1, column 1: the file names no certificate'],
])('a file with %s changes nothing, and the answer names the place', async (what, text, detail) => {
  const [row] = await certificates(`c-bad-${what}`, 1);
  const { status, json } = await startFile('change=suspend&reason=Audit', text(row!.number));
  expect([status, json.errors[0]?.detail]).toEqual([422, expect.stringContaining(detail)]);
  expect(json['detail']).toContain('Nothing was changed');
  expect(await scene.row(row!.id)).toMatchObject({ state: 'issued', version: row!.version });
});

it('tells every wrong line of a file, also where a reason is missing', async () => {
  const { status, json } = await startFile('change=revoke', 'certificate,until\nA-1,2099-01-01T00:00:00Z\nA-2,\n');
  expect([status, json.errors.map(({ detail }) => detail.slice(0, 40))]).toEqual([
    422,
    ['line 2, column 3: reason is missing; wri', 'line 3, column 3: reason is missing; wri'],
  ]);
});

it('what is allocated after the job was accepted is not meant, even before its filter is resolved', async () => {
  const before = await certificates('l-1', 2);
  const [held] = await certificates('l-2', 1);
  // The worker waits in another job, so that this one is accepted and nothing more.
  const gate = scene.owner.createQueryRunner();
  await gate.query("BEGIN; SET LOCAL idle_in_transaction_session_timeout = '60s'");
  await gate.query('SELECT FROM certificate WHERE id = $1 FOR UPDATE', [held!.id]);
  await start({ change: 'revoke', reason: 'Forged', filter: { batchId: 'l-2' } });
  await waitFor('the worker', waitingForLock, ({ length }) => length > 0);
  const jobId = jobIdOf(await start({ change: 'revoke', reason: 'Forged', filter: { batchId: 'l-1' } }));
  const [later] = await certificates('l-1', 1, false);
  expect((await read(jobId)).counts.matched).toBe(0);
  await gate.query('ROLLBACK');
  await gate.release();
  const job = await done(jobId);
  expect(job.items.map(({ certificateId }) => certificateId)).toEqual(before.map(({ id }) => id));
  expect((await scene.row(later!.id)).state).toBe('allocated');
});

it('a worker that dies in the middle does nothing twice, and the next one goes on', async () => {
  const [model] = await certificates('k-0', 1);
  await copies(model!, 'k-1', 1_500);
  const ids = await scene.owner.query<{ id: string }[]>(
    "SELECT id FROM certificate WHERE batch_id = 'k-1' ORDER BY id",
  );
  // The worker comes as far as this one, and waits.
  const gate = scene.owner.createQueryRunner();
  await gate.query("BEGIN; SET LOCAL idle_in_transaction_session_timeout = '60s'");
  await gate.query('SELECT FROM certificate WHERE id = $1 FOR UPDATE', [ids[900]!.id]);
  const jobId = jobIdOf(await start({ change: 'revoke', reason: 'Forged', filter: { batchId: 'k-1' } }));
  const half = (await waitFor('the worker', waitingForLock, ({ length }) => length > 0)) && (await read(jobId));
  expect(half).toMatchObject({ state: 'running', counts: { matched: 1_500, changed: 800 } });
  // No other replica gets it meanwhile.
  const jobs = new ChangeJobRepository(scene.owner);
  expect(await scene.unitOfWork.run((transaction) => jobs.take(transaction))).toBeUndefined();
  // What the database sees of a kill -9: the session ends in the middle of its transaction.
  for (const pid of await waitingForLock()) await scene.owner.query('SELECT pg_terminate_backend($1)', [pid]);
  await waitFor('another turn', waitingForLock, ({ length }) => length > 0);
  expect((await read(jobId)).counts.changed).toBe(800);
  await gate.query('ROLLBACK');
  await gate.release();
  expect(await done(jobId)).toMatchObject({ state: 'done', counts: { matched: 1_500, changed: 1_500, blocked: 0 } });
  expect(await states('k-1')).toEqual([`1500 revoked ${model!.version + 1}`]);
  expect(await saidOfBatch('k-1')).toEqual({ events: 1_500, certificates: 1_500 });
});

it('waits for the relay at a thousand rows, while others that write none go on', async () => {
  const [model] = await certificates('r-0', 1);
  await copies(model!, 'r-1', 5_400);
  // No relay gets its lock.
  const gate = scene.owner.createQueryRunner();
  await gate.query('SELECT pg_advisory_lock(7291847)');
  const waiting = async () => {
    const [row] = await scene.owner.query<[{ count: number }]>('SELECT count(*)::int FROM outbox');
    return row.count;
  };
  const body = { change: 'suspend', reason: 'Audit', filter: { batchId: 'r-1' } };
  const jobId = jobIdOf(await start(body));
  await waitFor('a thousand rows', waiting, (count) => count >= 1_000);
  // Longer than the first one would have taken: it needs as many steps, each behind one of the first. Two pages of a filter.
  expect((await done(jobIdOf(await start({ ...body, dryRun: true })))).counts.matched).toBe(5_400);
  expect([await waiting(), (await read(jobId)).state]).toEqual([1_000, 'running']);
  await gate.query('SELECT pg_advisory_unlock(7291847)');
  await gate.release();
  expect((await done(jobId)).counts.changed).toBe(5_400);
  expect(await saidOfBatch('r-1')).toEqual({ events: 5_400, certificates: 5_400 });
});
