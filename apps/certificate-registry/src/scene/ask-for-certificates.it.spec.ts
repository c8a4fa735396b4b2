import { createPublicKey, verify } from 'node:crypto';
import { sendRecords, waitFor } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { RegistryScene } from './registry-scene.spec.ts';

let scene: RegistryScene;
let issuer: { id: string; did: string; version: number };

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  issuer = await scene.newIssuer('demo');
  // By the broker, as asset-store says it: the consumers run under the restricted role too.
  const type = {
    typeId: 'course-completion',
    version: 1,
    name: 'Course completion',
    input: {
      batchId: { type: 'string', required: true },
      courseTitle: { type: 'string', required: true },
      completedAt: { type: 'instant', required: true },
      score: { type: 'number', required: false },
    },
    occasion: ['batchId', 'awardId', 'learnerId'],
    claims: ['courseTitle', 'score'],
    meta: ['completedAt'],
    achievementType: 'Course',
    validity: 'P2Y',
    qr: 'url',
  };
  const template = { templateId: 'classic', title: 'Classic', mediaType: 'image/svg+xml', slots: [] };
  const records = [
    ...['demo', 'demo-two'].map((tenant) => record('credential-type.published', tenant, type)),
    ...[1, 2].map((version) =>
      record('template.published', 'demo', { ...template, version, sha256: String(version).repeat(64) }),
    ),
  ];
  await sendRecords(scene.broker, records);
  await waitFor(
    'both copies',
    () =>
      scene.owner.query<{ n: number }[]>(
        'SELECT count(*)::int n FROM known_template JOIN known_credential_type USING (tenant_id)',
      ),
    ([row]) => row?.n === 2,
  );
});
afterAll(() => scene.stop());

function record(topic: string, tenant: string, data: object) {
  const headers = {
    ce_specversion: '1.0',
    ce_type: `${topic}.v1`,
    ce_source: '/laurel/asset-store',
    ce_tenantid: tenant,
  };
  const id = `${topic}-${tenant}-${JSON.stringify(data).length}`;
  return {
    topic,
    key: id,
    value: JSON.stringify(data),
    headers: { ...headers, ce_id: id, 'content-type': 'application/json' },
  };
}

const asIssuer = 'demo issuer';
const body = (learnerId: string, more: object = {}) => ({
  credentialType: { id: 'course-completion' },
  template: { id: 'classic' },
  issuerId: issuer.id,
  learner: { id: learnerId, name: 'Asha Verma', email: 'asha@example.org' },
  input: { batchId: 'b-1', courseTitle: 'Rust', completedAt: '2026-03-01T12:00:00Z', score: 87.5 },
  ...more,
});
const certify = (learnerId: string, more: object = {}, headers = {}) =>
  scene.call('POST /v1/certificates', { as: asIssuer, body: body(learnerId, more), headers });
const requestOf = async (requestId: string) =>
  (await scene.said('certificate.requested', 'demo')).filter(({ data }) => data.requestId === requestId);
const revoke = (id: string, reason = 'Issued in error') =>
  scene.call(`POST /v1/certificates/${id}/revoke`, { as: asIssuer, body: { reason } });
describe('issuers', () => {
  it('are made once per key, changed by version, said with it, and seen by their tenant alone', async () => {
    const make = (key: string) =>
      scene.call('POST /v1/issuers', {
        as: 'demo-two admin',
        body: { name: 'Beta', url: 'https://beta.example' },
        headers: { 'idempotency-key': key },
      });
    const [first, again, other] = [await make('k1'), await make('k1'), await make('k2')];
    expect([first.status, again.json.id === first.json.id, other.json.id === first.json.id]).toEqual([
      201,
      true,
      false,
    ]);
    const { id } = first.json;
    const changed = await scene.call(`PATCH /v1/issuers/${id}`, { as: 'demo-two admin', body: { name: 'Beta Ltd' } });
    expect(changed.json).toMatchObject({ name: 'Beta Ltd', url: 'https://beta.example', version: 2 });
    const said = (await scene.said('issuer.updated', 'demo-two')).filter(({ data }) => data.issuerId === id);
    expect(said.map(({ sequence, data }) => [sequence, data.name])).toEqual([
      [1, 'Beta'],
      [2, 'Beta Ltd'],
    ]);
    for (const route of [`GET /v1/issuers/${id}`, `PATCH /v1/issuers/${id}`]) {
      const { status } = await scene.call(route, {
        as: 'demo admin',
        ...(route.startsWith('P') ? { body: { name: 'x' } } : {}),
      });
      expect([route, status]).toEqual([route, 404]);
    }
    const taken = await scene.call('POST /v1/issuers', {
      as: 'demo admin',
      body: { id, name: 'Thief', url: 'https://x.example' },
    });
    expect([taken.status, taken.json.type]).toEqual([409, 'urn:laurel:problem:issuer-exists']);
    const { json } = await scene.call('GET /v1/issuers?limit=1', { as: 'demo-two viewer' });
    const rest = await scene.call(`GET /v1/issuers?limit=1&cursor=${json.next}`, { as: 'demo-two viewer' });
    expect([json.items.length, rest.json.items.length, rest.json.next]).toEqual([1, 1, undefined]);
    const role = await scene.call('POST /v1/issuers', { as: 'demo issuer', body: {} });
    expect(role.status).toBe(403);
  });

  it('have a DID document and a JWKS by which a stranger verifies, also after a key is retired', async () => {
    const { id, did } = await scene.newIssuer('demo', 'Keys');
    const empty = await scene.call(`GET /issuers/${id}/did.json`);
    expect(empty.headers.get('content-type')).toContain('application/did+json');
    expect(empty.json).toMatchObject({ id: did, verificationMethod: [], assertionMethod: [] });
    const row = await scene.issued('demo', id, 'key-1');
    await scene.owner.query('UPDATE issuer_key SET retired_at = now() WHERE issuer_id = $1', [id]);
    const document = (await scene.call(`GET /issuers/${id}/did.json`)).json;
    const method = document.verificationMethod.find(({ id }) => id === row.key_kid);
    expect([...document.assertionMethod].sort()).toEqual([row.key_kid, row.integrity_kid].sort());
    expect(method).toMatchObject({ type: 'JsonWebKey', controller: did });
    expect(document.verificationMethod.find(({ id }) => id === row.integrity_kid)).toMatchObject({
      type: 'Multikey',
      controller: did,
      publicKeyMultibase: expect.stringMatching(/^z6Mk/) as string,
    });
    const jwks = (await scene.call(`GET /issuers/${id}/jwks.json`)).json;
    expect(jwks.keys).toMatchObject([{ kid: row.key_kid, alg: 'ES256' }]);
    expect(JSON.stringify([document, jwks])).not.toContain('"d"');
    const [header, payload, signature] = row.credential!.split('.');
    const key = createPublicKey({ key: method!.publicKeyJwk, format: 'jwk' });
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature!, 'base64url'))).toBe(
      true,
    );
    expect((await scene.call(`GET /issuers/${crypto.randomUUID()}/did.json`)).status).toBe(404);
  });
});

describe('certify', () => {
  it('says one complete request per occasion, whoever repeats it, and tells what became of it', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => certify('c-1')));
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.requestId}`)).size).toBe(1);
    const { requestId } = answers[0]!.json;
    const [said, ...others] = await requestOf(requestId);
    expect(others).toEqual([]);
    expect(said?.data).toMatchObject({
      credentialType: { id: 'course-completion', version: 1 },
      occasion: { batchId: 'b-1', learnerId: 'c-1' },
      issue: { kind: 'first' },
      recipient: { learnerId: 'c-1', name: 'Asha Verma', email: 'asha@example.org' },
      claims: { courseTitle: 'Rust', score: '87.5' },
      meta: { completedAt: '2026-03-01T12:00:00Z' },
      achievement: { type: 'Course', name: 'Rust' },
      template: { id: 'classic', version: 2, sha256: '2'.repeat(64) },
      issuerId: issuer.id,
    });
    const years = Date.parse(said?.data.expiresAt ?? '') - Date.parse(said?.data.decidedAt ?? '');
    expect(Math.round(years / 86_400_000)).toBeGreaterThanOrEqual(730);
    const follow = () => scene.call(`GET /v1/requests/${requestId}`, { as: 'demo viewer' });
    expect((await follow()).json).toEqual({ requestId, state: 'pending' });
    const row = await scene.allocate('demo', said!.data);
    expect((await follow()).json).toMatchObject({
      state: 'pending',
      certificate: { number: row.number, state: 'allocated' },
    });
    expect((await certify('c-1')).json.requestId).toBe(requestId);
    await scene.issue(row);
    expect((await follow()).json).toMatchObject({ state: 'issued', certificate: { id: row.id, state: 'issued' } });
    const late = await certify('c-1');
    expect([late.status, late.json.type]).toEqual([409, 'urn:laurel:problem:certificate-issued']);
    expect(late.json.detail).toContain(row.id);
    expect(late.json.detail).toContain(row.number);
    expect((await scene.call(`GET /v1/requests/${requestId}`, { as: 'demo-two viewer' })).status).toBe(404);
  });

  it('tells what became of what somebody else requested, such as the evaluator, to its tenant', async () => {
    const row = await scene.issued('demo', issuer.id, 'e-1');
    const follow = (as: string) => scene.call(`GET /v1/requests/${row.request_id}`, { as });
    expect((await follow('demo viewer')).json).toMatchObject({
      requestId: row.request_id,
      state: 'issued',
      certificate: { id: row.id },
    });
    expect((await follow('demo-two viewer')).status).toBe(404);
  });

  it('names every wrong field with its fix, and keeps nothing', async () => {
    const wrong = await certify('c-2', {
      issuerId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02',
      input: { batchId: 'b-1', completedAt: 'yesterday', score: '87', colour: 'red' },
      occasion: { batchId: 'b-2' },
    });
    expect(wrong.status).toBe(400);
    expect(wrong.json.errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/input/colour unknown',
      '/input/completedAt invalid',
      '/input/courseTitle missing',
      '/input/score invalid',
      '/issuerId unknown-issuer',
      '/occasion/batchId contradiction',
    ]);
    const unheard = await certify('c-2', { template: { id: 'classic', version: 9 } });
    expect([unheard.status, unheard.headers.get('retry-after')]).toEqual([409, '1']);
    // Another tenant's issuer is nobody's; its template is not known either.
    const foreign = await scene.call('POST /v1/certificates', { as: 'demo-two issuer', body: body('c-2') });
    expect([foreign.status, foreign.json.type]).toEqual([409, 'urn:laurel:problem:unknown-template']);
    expect(await scene.owner.query('SELECT FROM said WHERE value LIKE \'%"c-2"%\'')).toEqual([]);
  });
});

it('searches by learner, batch, number and state, in pages, within the tenant', async () => {
  const other = await scene.newIssuer('demo-two');
  const mine = await Promise.all(
    [0, 1, 2].map((n) =>
      scene.issued('demo', issuer.id, 'same', { occasion: { batchId: `q-${n}`, learnerId: 'same' } }),
    ),
  );
  const theirs = await scene.issued('demo-two', other.id, 'same', { occasion: { batchId: 'q-0', learnerId: 'same' } });
  expect(theirs.occasion_key).not.toBe(mine[0]!.occasion_key);
  const find = async (query: string, as = 'demo viewer') =>
    (await scene.call(`GET /v1/certificates?${query}`, { as })).json;
  const pages = [await find('learnerId=same&limit=2')];
  pages.push(await find(`learnerId=same&limit=2&cursor=${pages[0]?.next}`));
  const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
  expect(ids).toEqual(
    mine
      .map(({ id }) => id)
      .sort()
      .reverse(),
  );
  expect((await find('batchId=q-0')).items.map(({ id }) => id)).toEqual([mine[0]!.id]);
  expect((await find('batchId=q-0', 'demo-two viewer')).items.map(({ id }) => id)).toEqual([theirs.id]);
  expect((await find(`number=${mine[1]!.number}`)).items.map(({ id }) => id)).toEqual([mine[1]!.id]);
  await revoke(mine[2]!.id);
  expect((await find('state=revoked&learnerId=same')).items.map(({ id }) => id)).toEqual([mine[2]!.id]);
  expect((await scene.call(`GET /v1/certificates/${theirs.id}`, { as: 'demo viewer' })).status).toBe(404);
  expect((await scene.call('GET /counts', { as: 'demo-two viewer' })).json).toEqual({
    issued: 1,
    revoked: 0,
    superseded: 0,
    failed: 0,
  });
});

it('sends what it says, under a role that reads no key and changes no credential', async () => {
  await waitFor(
    'an empty outbox',
    () => scene.owner.query<unknown[]>('SELECT FROM outbox'),
    ({ length }) => length === 0,
  );
  expect(await scene.owner.query('SELECT FROM outbox_rejected')).toEqual([]);
  for (const sql of [
    'SELECT sealed_private FROM issuer_key',
    "UPDATE certificate SET credential = 'x'",
    "UPDATE certificate SET pdf_sha256 = 'x'",
    'DELETE FROM certificate',
    'DELETE FROM certificate_history',
  ]) {
    const attempt = scene.unitOfWork.run(async (transaction) => {
      await transaction.query('SET LOCAL ROLE certificate_registry');
      await transaction.query(sql);
    });
    await expect(attempt, sql).rejects.toMatchObject({ code: '42501' });
  }
});
