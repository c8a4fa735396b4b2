import { type CertificateRequested, certificateRequested } from '@laurel/contracts';
import { CreateOutbox1770000000001 } from '@laurel/messaging';
import { createDataSource, migrate, type Transaction, UnitOfWork } from '@laurel/persistence';
import { createDatabase, registryRole } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { CertificateRow } from '../certificates/certificate-row.ts';
import { certificateMigrations } from '../migrations/certificate-migrations.ts';
import { settleCertificates } from '../settlement/settle-certificates.ts';
import { allocateCertificates } from './allocate-certificates.ts';
import { resolveIssueNumbers } from './resolve-issue-numbers.ts';

let owner: DataSource;
let guest: DataSource;
let unitOfWork: UnitOfWork;
const issuerId = v7();
const [example] = certificateRequested.examples;
const now = new Date('2026-11-21T12:00:00.777Z');

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'certificates');
  const log = { warn: () => undefined };
  owner = createDataSource({
    ...{ url, applicationName: 'owner', poolSize: 12, log },
    migrations: [CreateOutbox1770000000001, ...certificateMigrations],
  });
  await owner.initialize();
  // Roles belong to the server: another test file may be making it.
  await owner.query(`DO $$ BEGIN
    PERFORM pg_advisory_xact_lock(2);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${registryRole.name}') THEN
      CREATE ROLE ${registryRole.name} LOGIN PASSWORD '${registryRole.password}';
    END IF; END $$`);
  await migrate(owner);
  unitOfWork = new UnitOfWork(owner);
  const guestUrl = new URL(url);
  guestUrl.username = registryRole.name;
  guestUrl.password = registryRole.password;
  guest = createDataSource({ url: guestUrl.href, applicationName: 'guest', log });
  await guest.initialize();
}, 60_000);

afterAll(async () => {
  await guest.destroy();
  await owner.destroy();
});

function request(learnerId: string, change: Partial<CertificateRequested['data']> = {}, tenantId = 'acme') {
  if (!example) throw new Error('The contract has no example');
  const data = { ...example, requestId: v7(), occasion: { batchId: 'b', learnerId }, issuerId, ...change };
  return {
    ...{ id: v7(), source: '/test', type: 'certificate.requested.v1', time: now, correlationId: 'c-1', tenantId },
    data: { ...data, recipient: { learnerId, name: 'Asha' } },
  } as CertificateRequested;
}

const allocate = (events: CertificateRequested[]) => unitOfWork.run((transaction) => allocateIn(transaction, events));

async function allocateIn(transaction: Transaction, events: CertificateRequested[]) {
  const { numbered, refused } = await resolveIssueNumbers(transaction, events);
  const keysOf = () => ({ kid: 'did:web:x#k', integrityKid: 'did:web:x#di-1' });
  const rows = await allocateCertificates(transaction, numbered, { now, keysOf });
  return { rows, refused: refused.map(({ reason }) => reason) };
}

const made = (id: string) => ({
  id,
  version: 1,
  credential: 'jwt',
  credential_sha256: 'c',
  pdf_sha256: 'p',
  pdf_object: 'o',
});
const settle = (ids: string[], failed: string[] = []) =>
  unitOfWork.run((transaction) =>
    settleCertificates(
      transaction,
      {
        made: ids.map(made),
        failed: failed.map((id) => ({ id, version: 1, failure_type: 'does-not-fit', failure_reason: 'too wide' })),
      },
      { actor: 'test', now },
    ),
  );
const only = async (events: CertificateRequested[]) => {
  const { rows, refused } = await allocate(events);
  const [row] = rows;
  if (!row) throw new Error(`nothing allocated: ${refused.join()}`);
  return row;
};
const rowOf = async (id: string) => {
  const [row] = await owner.query<[CertificateRow]>('SELECT * FROM certificate WHERE id = $1', [id]);
  return row;
};

describe('allocation', () => {
  test('gives one row to one certificate key, whoever asks at the same time, and numbers without gaps', async () => {
    const learners = Array.from({ length: 40 }, (_, index) => `L-${index}`);
    const slices = Array.from({ length: 10 }, (_, slice) =>
      // Each worker has them in another order, and twice.
      [...learners.slice(slice * 3), ...learners.slice(0, slice * 3), 'L-0'].map((learner) =>
        request(learner, {}, 'gapless'),
      ),
    );
    const found = await Promise.all(slices.map((slice) => allocate(slice)));
    const ids = new Set(found.flatMap(({ rows }) => rows.map(({ id }) => id)));
    expect(ids.size).toBe(40);
    expect(found.every(({ rows }) => rows.length === 40)).toBe(true);
    const rows = await owner.query<{ number: string; public_id: string }[]>(
      "SELECT number, public_id FROM certificate WHERE tenant_id = 'gapless' ORDER BY number",
    );
    expect(rows.map(({ number }) => number)).toEqual(
      Array.from({ length: 40 }, (_, index) => `GAPLESS-2026-${String(index + 1).padStart(6, '0')}`),
    );
    expect(rows.every(({ public_id }) => /^[1-9A-HJ-NP-Za-km-z]{22}$/.test(public_id))).toBe(true);
    // Asked again: the same rows, and no number more.
    const again = await allocate(slices[0] ?? []);
    expect(new Set(again.rows.map(({ id }) => id))).toEqual(ids);
    expect((await only([request('L-next', {}, 'gapless')])).number).toBe('GAPLESS-2026-000041');
  });

  test('fixes the snapshot: a second request changes nothing of it', async () => {
    const first = await only([request('snapshot')]);
    const second = await only([{ ...request('snapshot'), correlationId: 'other' }]);
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      number: expect.stringMatching(/^ACME-2026-\d{6}$/),
      allocated_at: new Date('2026-11-21T12:00:00Z'),
      state: 'allocated',
      version: 1,
    });
  });

  test('leaves what is issued or failed alone', async () => {
    const [issued, failed] = [await only([request('done')]), await only([request('undoable')])];
    await settle([issued.id], [failed.id]);
    expect(await allocate([request('done'), request('undoable')])).toEqual({ rows: [], refused: [] });
  });
});

describe('settlement', () => {
  test('issues once: who comes second finds no row', async () => {
    const { id } = await only([request('twice')]);
    const settlements = await Promise.all([settle([id]), settle([id]), settle([], [id])]);
    const changes = settlements.flatMap(({ issued, failed }) => [...issued, ...failed]);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ id, version: 2 });
    const history = await owner.query('SELECT version, actor FROM certificate_history WHERE certificate_id = $1', [id]);
    expect(history).toEqual([{ version: 2, actor: 'test' }]);
  });

  test('finds no row of a certificate that was withdrawn meanwhile', async () => {
    const { id } = await only([request('withdrawn')]);
    await guest.query(
      "UPDATE certificate SET state = 'withdrawn', version = version + 1, state_changed_at = now() WHERE id = $1",
      [id],
    );
    expect(await settle([id])).toEqual({ issued: [], superseded: [], failed: [] });
    expect(await rowOf(id)).toMatchObject({ state: 'withdrawn', credential: null });
  });

  test('supersedes the live one of the occasion, and links both', async () => {
    const first = await only([request('renewed')]);
    await settle([first.id]);
    const replace = { issue: { kind: 'replace' as const, certificateId: first.id } };
    const [second, twin] = await Promise.all([
      allocate([request('renewed', replace)]),
      allocate([request('renewed', replace)]),
    ]);
    expect(second.rows.map(({ id }) => id)).toEqual(twin.rows.map(({ id }) => id));
    const id = second.rows[0]?.id ?? '';
    const { issued, superseded } = await settle([id]);
    expect(issued).toMatchObject([{ id, issue_number: 2, supersedes: first.id }]);
    expect(superseded).toMatchObject([{ id: first.id, version: 3, superseded_by: id }]);
    expect(await rowOf(first.id)).toMatchObject({ state: 'superseded', superseded_by: id });
    expect(await rowOf(id)).toMatchObject({ state: 'issued', supersedes: first.id });
    // Heard again it is done; a third one names what is not the newest.
    const third = await only([request('renewed', { issue: { kind: 'replace', certificateId: id } })]);
    await settle([third.id]);
    expect(await allocate([request('renewed', replace)])).toEqual({
      rows: [],
      refused: ['issue.certificateId: the certificate is not the newest of its occasion'],
    });
  });

  test.each<[string, () => Promise<[string, string]>]>([
    ['there is no such certificate', async () => ['nobody', v7()]],
    ['a certificate that is allocated is not replaced', async () => ['early', (await only([request('early')])).id]],
    ['the certificate is of another occasion', async () => ['else', (await only([request('mine')])).id]],
    ['there is no such certificate', async () => ['t', (await only([request('t', {}, 'another-tenant')])).id]],
    [
      'a certificate that is failed is not replaced',
      async () => {
        const { id } = await only([request('broken')]);
        await settle([], [id]);
        return ['broken', id];
      },
    ],
  ])('a replacement is refused: %s', async (reason, prepare) => {
    const [learner, certificateId] = await prepare();
    const { rows, refused } = await allocate([request(learner, { issue: { kind: 'replace', certificateId } })]);
    expect(rows).toEqual([]);
    expect(refused).toEqual([`issue.certificateId: ${reason}`]);
  });
});

describe("the registry's role", () => {
  test.each([
    'SELECT sealed_private FROM issuer_key',
    'SELECT * FROM issuer_key',
    "UPDATE issuer_key SET public_jwk = '{}'",
    "INSERT INTO issuer_key (kid, issuer_id, public_jwk, sealed_private) VALUES ('k', gen_random_uuid(), '{}', '')",
    "UPDATE certificate SET credential = 'x'",
    "UPDATE certificate SET credential_sha256 = 'x'",
    "UPDATE certificate SET pdf_sha256 = 'x'",
    "UPDATE certificate SET pdf_object = 'x'",
    "UPDATE certificate SET recipient_name = 'x'",
    "UPDATE certificate SET state = 'allocated', recipient_name = 'x'",
    'UPDATE certificate SET issuer_id = gen_random_uuid()',
    "UPDATE certificate SET request = '{}'",
    "UPDATE certificate SET key_kid = 'x'",
    'UPDATE certificate SET allocated_at = now()',
    'UPDATE certificate SET issued_at = now()',
    "UPDATE certificate SET number = 'x'",
    'DELETE FROM certificate',
    'DELETE FROM certificate_history',
    "UPDATE certificate_history SET actor = 'x'",
    'DELETE FROM issuer',
    'UPDATE issuer SET tenant_id = tenant_id',
    'SELECT * FROM number_counter',
    'TRUNCATE certificate',
    'DROP TABLE certificate',
    'CREATE TABLE mine (id int)',
  ])('may not: %s', async (sql) => {
    await expect(guest.query(sql)).rejects.toThrow(/permission denied|must be owner|snapshot .* is fixed/);
  });

  test('may do its work', async () => {
    const { id } = await only([request('revocable')]);
    await settle([id]);
    await guest.query('SELECT kid, issuer_id, public_jwk, created_at, retired_at FROM issuer_key');
    await guest.query('SELECT * FROM certificate WHERE id = $1 FOR UPDATE', [id]);
    await guest.query(
      `UPDATE certificate SET state = 'revoked', version = 3, state_reason = 'r', state_actor = 'a', state_changed_at = now()
       WHERE id = $1`,
      [id],
    );
    await guest.query("INSERT INTO certificate_history VALUES ($1, 3, 'revoked', 'a', 'r', now())", [id]);
    await guest.query(
      "INSERT INTO issuer (id, tenant_id, name, url, did) VALUES (gen_random_uuid(), 'acme', 'A', 'https://a', 'did:web:a')",
    );
    await guest.query("UPDATE issuer SET name = 'B', version = version + 1 WHERE did = 'did:web:a'");
    await guest.query("INSERT INTO outbox (lane, topic, headers, bytes) VALUES (0, 't', '{}', 1)");
    await guest.query("DELETE FROM outbox WHERE topic = 't'");
    expect(await rowOf(id)).toMatchObject({ state: 'revoked' });
  });

  test('cannot make an unfinished certificate a live one', async () => {
    const { id } = await only([request('forged')]);
    await expect(guest.query("UPDATE certificate SET state = 'issued' WHERE id = $1", [id])).rejects.toThrow(
      'certificate_issued_is_complete',
    );
  });
});
