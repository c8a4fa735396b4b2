import { tmpdir } from 'node:os';
import { type CertificateRow, endSuspensions } from '@laurel/certificates';
import { neededTopics, Outbox } from '@laurel/messaging';
import type { Logger } from '@laurel/service-kit';
import { createTopics, freePort, registryRole, ServiceProcess, waitFor } from '@laurel/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { CertificateRepository } from '../certificates/certificate.repository.ts';
import { ChangeCertificates } from '../certificates/change-certificates.ts';
import type { ChangeJobView } from '../change-many/change-job-view.ts';
import { ChangeJobRepository } from '../change-many/change-job.repository.ts';
import { changeLimits } from '../change-many/change-limits.ts';
import { ChangeWorker } from '../change-many/change-worker.ts';
import { RunChangeJob } from '../change-many/run-change-job.ts';
import { RegistryScene } from './registry-scene.spec.ts';

const needed = neededTopics('certificate-registry', [
  'credential-type.published',
  'template.published',
  'tenant.updated',
]);

let scene: RegistryScene;
let model: CertificateRow;

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  const issuer = await scene.newIssuer('demo');
  model = await scene.issued('demo', issuer.id, 'L-1');
});
afterAll(() => scene.stop());

/** Many more of the same, without their making. @param changed other values of columns, as SQL */
const copies = async (batchId: string, count: number, changed: Record<string, string> = {}): Promise<string[]> => {
  const columns = await scene.owner.query<{ name: string }[]>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'certificate'`,
  );
  const given: Record<string, string> = {
    ...{ id: 'uuidv7()', public_id: "'copy-' || gen_random_uuid()", number: "'COPY-' || gen_random_uuid()" },
    ...{ occasion_key: 'gen_random_uuid()', batch_id: '$2', status_list: 'NULL', status_index: 'NULL', ...changed },
  };
  const names = columns.map(({ name }) => name);
  const rows = await scene.owner.query<{ number: string }[]>(
    `INSERT INTO certificate (${names.join(', ')}) SELECT ${names.map((name) => given[name] ?? `c.${name}`).join(', ')}
     FROM certificate c CROSS JOIN generate_series(1, $3::int) WHERE c.id = $1 RETURNING number`,
    [model.id, batchId, count],
  );
  return rows.map(({ number }) => number);
};
const startOf = async (batchId: string, change = 'revoke') => {
  const body = { change, reason: 'Forged', filter: { batchId } };
  const { json } = await scene.call('POST /v1/certificates/changes', { as: 'demo issuer', body });
  return (json as unknown as { jobId: string }).jobId;
};
const read = async (jobId: string) => {
  const { status, json } = await scene.call(`GET /v1/certificates/changes/${jobId}?result=failed`, {
    as: 'demo viewer',
  });
  return { status, ...(json as unknown as Omit<ChangeJobView, 'jobId'>) };
};
const ended = (jobId: string) =>
  waitFor(
    'the job',
    () => read(jobId),
    ({ state }) => state !== 'running',
  );

it('takes a file as large as files may be', async () => {
  const numbers: string[] = [];
  while (numbers.length < changeLimits.rows) numbers.push(...(await copies('large', 5_000)));
  const answer = await fetch(`${scene.url}/v1/certificates/changes/csv?change=withdraw&reason=x&dryRun=true`, {
    method: 'POST',
    headers: { ...(await scene['tokens'].of('demo', 'issuer')), 'content-type': 'text/csv' },
    body: `certificate\n${numbers.join('\n')}`,
  });
  const { jobId } = (await answer.json()) as { jobId: string };
  expect([answer.status, jobId]).toEqual([202, expect.any(String)]);
  const { matched, blocked } = (await ended(jobId)).counts;
  expect([matched, blocked]).toEqual([changeLimits.rows, changeLimits.rows]);
  const tooLarge = await fetch(`${scene.url}/v1/certificates/changes/csv?change=revoke&reason=x`, {
    method: 'POST',
    headers: { ...(await scene['tokens'].of('demo', 'issuer')), 'content-type': 'text/csv' },
    body: `certificate\n${'x'.repeat(changeLimits.bytes)}`,
  });
  expect(tooLarge.status).toBe(413);
});

const idsOf = 'SELECT id FROM certificate WHERE batch_id = $1 ORDER BY id';
/** Certificates of a batch, of which those at these places can't be changed until what is returned is called. */
const poisoned = async (batchId: string, count: number, places: readonly number[]) => {
  await copies(batchId, count);
  const rows = await scene.owner.query<{ id: string }[]>(idsOf, [batchId]);
  const culprits = places.map((place) => rows[place]!.id);
  await scene.owner.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a bug that quotes Asha'; END $$`);
  await scene.owner.query(`CREATE TRIGGER refuse BEFORE UPDATE ON certificate FOR EACH ROW
    WHEN (OLD.id IN (${culprits.map((id) => `'${id}'`).join(', ')})) EXECUTE FUNCTION refuse()`);
  const mend = () => scene.owner.query('DROP FUNCTION refuse() CASCADE');
  return { culprits, mend };
};

it('changes the others where some have errors of their own, which are told one by one', async () => {
  const { culprits, mend } = await poisoned('poison', 450, [0, 30, 31, 220]);
  const job = await ended(await startOf('poison'));
  await mend();
  expect(job).toMatchObject({ state: 'done', counts: { matched: 450, changed: 446, blocked: 0, failed: 4 } });
  expect(job.items.map(({ certificateId }) => certificateId)).toEqual(culprits);
  for (const { reason } of job.items)
    expect(reason).toMatch(/^An error of its own, and nothing is changed: QueryFailedError/);
  expect(JSON.stringify(job)).not.toContain('Asha');
  // What was undone with them has left no second event, and no second line of history.
  const ids = new Set((await scene.owner.query<{ id: string }[]>(idsOf, ['poison'])).map(({ id }) => id));
  const told = (await scene.said('certificate.changed', 'demo')).filter(({ data }) => ids.has(data.certificateId));
  expect([told.length, new Set(told.map(({ data }) => data.certificateId)).size]).toEqual([446, 446]);
  const [{ history }] = await scene.owner.query<[{ history: number }]>(
    'SELECT count(*)::int AS history FROM certificate_history WHERE certificate_id = ANY ($1)',
    [[...ids]],
  );
  expect(history).toBe(446);
});

it('gives a job up that fails again and again, says so, and keeps what it did', async () => {
  const { mend } = await poisoned(
    'broken',
    250,
    Array.from({ length: 21 }, (_, index) => 220 + index),
  );
  const jobId = await startOf('broken');
  const failures = async () => {
    const [row] = await scene.owner.query<[{ failures: number }]>('SELECT failures FROM change_job WHERE id = $1', [
      jobId,
    ]);
    return row.failures;
  };
  await waitFor('the first failure', failures, (count) => count === 1);
  expect((await read(jobId)).state).toBe('running');
  // The others would come after seconds.
  await scene.owner.query('UPDATE change_job SET failures = 4, not_before = now() WHERE id = $1', [jobId]);
  const job = await ended(jobId);
  await mend();
  expect(job).toMatchObject({ state: 'failed', counts: { matched: 250, changed: 200 } });
  expect(job.failure).toMatch(/QueryFailedError/);
  expect(job.failure).not.toContain('Asha');
});

it('two replicas at two jobs over the same certificates do each certificate of each job once', async () => {
  await copies('shared', 2_000);
  const complaints: unknown[] = [];
  const complain = (fields: unknown) => void complaints.push(fields);
  const outbox = new Outbox('certificate-registry', () => undefined);
  const jobs = new ChangeJobRepository(scene.owner);
  const change = new ChangeCertificates(scene.unitOfWork, outbox, new CertificateRepository(scene.owner));
  const logger = { warn: complain, error: complain } as unknown as Logger;
  const replica = new ChangeWorker(scene.unitOfWork, jobs, new RunChangeJob(jobs, change), logger);
  replica.onApplicationBootstrap();
  const started = [await startOf('shared', 'suspend'), await startOf('shared', 'revoke')];
  const [suspension, revocation] = [await ended(started[0]!), await ended(started[1]!)];
  await replica.onModuleDestroy();
  expect(complaints).toEqual([]);
  expect(revocation.counts).toEqual({ matched: 2_000, changed: 2_000, already: 0, blocked: 0, failed: 0 });
  const { changed = 0, already, blocked = 0 } = suspension.counts;
  expect([changed + blocked, already]).toEqual([2_000, 0]);
  const [told] = await scene.owner.query<[{ changes: number; history: number; events: number; revoked: number }]>(
    `SELECT sum(c.version - $1)::int AS changes, sum((SELECT count(*) FROM certificate_history h WHERE h.certificate_id = c.id))::int AS history,
       (SELECT count(*)::int FROM said WHERE value::json ->> 'certificateId' IN
         (SELECT id::text FROM certificate WHERE batch_id = 'shared')) AS events,
       (count(*) FILTER (WHERE state = 'revoked'))::int AS revoked
     FROM certificate c WHERE batch_id = 'shared'`,
    [model.version],
  );
  const all = 2_000 + changed;
  expect(told).toEqual({ changes: all, history: all, events: all, revoked: 2_000 });
});

it('a process that is killed (kill -9) in the middle of a job leaves it to the other, which does the rest once', async () => {
  await copies('mine', 10);
  const count = 1_000;
  await copies('theirs', count);
  const middle = async (batchId: string, at: number) => {
    const [row] = await scene.owner.query<[{ id: string }]>(
      'SELECT id FROM certificate WHERE batch_id = $1 ORDER BY id OFFSET $2 LIMIT 1',
      [batchId, at],
    );
    return row.id;
  };
  const [topics, port] = [await createTopics(inject('stack').brokers, needed), await freePort()];
  const guest = new URL((scene.owner.options as { url: string }).url);
  guest.username = registryRole.name;
  guest.password = registryRole.password;
  const victim = new ServiceProcess('certificate-registry', {
    ...{ LAUREL_ENV: 'test', LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: String(port), DATABASE_URL: guest.href },
    ...{ KAFKA_BROKERS: inject('stack').brokers.join(','), TOPIC_PREFIX: topics.prefix, ...scene['tokens'].settings },
    ...{ PUBLIC_URL: scene.url, GENERATOR_URL: 'http://127.0.0.1:9', OBJECT_STORE_URL: `file://${tmpdir()}` },
  });
  const gate = scene.owner.createQueryRunner();
  try {
    const isReady = async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok;
    await waitFor('the process', isReady, Boolean, { timeout: 40_000 }).catch((cause: unknown) => {
      throw new Error(victim.output, { cause });
    });
    const waiting = async () => {
      const rows = await scene.owner.query<{ name: string }[]>(
        `SELECT application_name AS name FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return new Set(rows.map(({ name }) => name));
    };
    const jobIds: string[] = [];
    // Each of the two has a job, and cannot go on: the one of this process at once, the other one in the middle.
    await gate.query('BEGIN');
    await gate.query("SET LOCAL idle_in_transaction_session_timeout = '60s'");
    for (const [batchId, at] of [
      ['mine', 0],
      ['theirs', 500],
    ] as const) {
      await gate.query('SELECT FROM certificate WHERE id = $1 FOR UPDATE', [await middle(batchId, at)]);
      jobIds.push(await startOf(batchId));
      await waitFor('a worker more', waiting, ({ size }) => size === jobIds.length);
    }
    victim.signal('SIGKILL');
    expect(await victim.end()).toBe('SIGKILL');
    await gate.query('ROLLBACK');
    for (const jobId of jobIds) expect((await ended(jobId)).state).toBe('done');
    expect((await read(jobIds[1]!)).counts).toEqual({
      matched: count,
      changed: count,
      already: 0,
      blocked: 0,
      failed: 0,
    });
  } finally {
    await gate.release();
    await victim.stop();
  }
  const [told] = await scene.owner.query<[{ changes: number; history: number }]>(
    `SELECT sum(c.version - $1)::int AS changes,
       sum((SELECT count(*) FROM certificate_history h WHERE h.certificate_id = c.id))::int AS history
     FROM certificate c WHERE batch_id = 'theirs'`,
    [model.version],
  );
  expect(told).toEqual({ changes: count, history: count });
}, 120_000);

it('keeps a job for 31 days after its end', async () => {
  await copies('old', 3);
  const [old, young] = [await startOf('old'), await startOf('old')];
  await ended(old);
  await ended(young);
  await scene.owner.query("UPDATE change_job SET finished_at = now() - interval '32 days' WHERE id = $1", [old]);
  const jobs = new ChangeJobRepository(scene.owner);
  const prune = () => scene.unitOfWork.run((transaction) => jobs.prune(transaction));
  expect([await prune(), await prune()]).toEqual([true, false]);
  expect([(await read(old)).status, (await read(young)).status]).toEqual([404, 200]);
  const [left] = await scene.owner.query<[{ rows: number }]>(
    'SELECT count(*)::int AS rows FROM change_job_row WHERE job_id = $1',
    [old],
  );
  expect(left.rows).toBe(0);
});

it('ends many suspensions once each, also when somebody ends them at the same time, and no other', async () => {
  const suspended = { state: "'suspended'", version: '3', state_changed_at: 'now()' };
  await copies('over', 2_500, { ...suspended, suspended_until: "now() - interval '1 second'" });
  await copies('going on', 5, { ...suspended, suspended_until: "now() + interval '1 hour'" });
  await copies('without an end', 5, { ...suspended, suspended_until: 'NULL' });
  const outbox = new Outbox('certificate-registry', () => undefined);
  const beside = () =>
    scene.unitOfWork.run((transaction) => endSuspensions(transaction, outbox, { actor: 'beside', limit: 300 }));
  await Promise.all([beside(), beside()]);
  const states = async () =>
    scene.owner.query<{ batch_id: string; state: string; version: number; count: number }[]>(
      `SELECT batch_id, state, version, count(*)::int FROM certificate
       WHERE batch_id IN ('over', 'going on', 'without an end') GROUP BY 1, 2, 3 ORDER BY 1`,
    );
  const all = await waitFor(
    'all ends',
    states,
    (rows) => !rows.some((row) => row.batch_id === 'over' && row.version === 3),
  );
  expect(all).toEqual([
    { batch_id: 'going on', state: 'suspended', version: 3, count: 5 },
    { batch_id: 'over', state: 'issued', version: 4, count: 2_500 },
    { batch_id: 'without an end', state: 'suspended', version: 3, count: 5 },
  ]);
  const [said] = await scene.owner.query<[{ events: number; certificates: number }]>(
    `SELECT count(*)::int AS events, count(DISTINCT value::json ->> 'certificateId')::int AS certificates
     FROM said WHERE headers ->> 'ce_type' = 'certificate.reinstated.v1'`,
  );
  expect(said).toEqual({ events: 2_500, certificates: 2_500 });
});
