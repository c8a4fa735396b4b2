import { type CertificateRow, settleCertificates } from '@laurel/certificates';
import { stableUuid } from '@laurel/contracts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { RegistryScene, requestFor } from './registry-scene.spec.ts';

let scene: RegistryScene;
let issuer: { id: string; did: string };

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  issuer = await scene.newIssuer('demo');
});
afterAll(() => scene.stop());

const asIssuer = 'demo issuer';
const requestOf = async (requestId: string) =>
  (await scene.said('certificate.requested', 'demo')).filter(({ data }) => data.requestId === requestId);
const revoke = (id: string, reason = 'Issued in error') =>
  scene.call(`POST /v1/certificates/${id}/revoke`, { as: asIssuer, body: { reason } });
const reissue = (id: string, name?: string) =>
  scene.call(`POST /v1/certificates/${id}/reissue`, {
    as: asIssuer,
    body: { reason: 'Typo', ...(name === undefined ? {} : { recipient: { name } }) },
  });

describe('revoke', () => {
  it('revokes once, says it with its version, and answers a repeat the same', async () => {
    const row = await scene.issued('demo', issuer.id, 'r-1');
    const [first, again] = [await revoke(row.id, 'Issued in error'), await revoke(row.id, 'Another reason')];
    expect([first.status, first.json.state, first.json.version]).toEqual([200, 'revoked', row.version + 1]);
    expect([again.status, again.json]).toEqual([200, first.json]);
    const said = (await scene.said('certificate.changed', 'demo')).filter(({ data }) => data.certificateId === row.id);
    expect(said).toMatchObject([
      {
        type: 'certificate.revoked.v1',
        sequence: row.version + 1,
        data: { state: 'revoked', reason: 'Issued in error' },
      },
    ]);
    const { json } = await scene.call(`GET /v1/certificates/${row.id}`, { as: 'demo viewer' });
    expect(json.history.at(-1)).toMatchObject({
      state: 'revoked',
      reason: 'Issued in error',
      version: row.version + 1,
    });
    expect(json.history.at(-1)?.actor).toMatch(/./);
    const foreign = await scene.call(`POST /v1/certificates/${row.id}/revoke`, {
      as: 'demo-two admin',
      body: { reason: 'x' },
    });
    expect(foreign.status).toBe(404);
  });

  it('withdraws what is only allocated, so that the generator finds no row', async () => {
    const old = await scene.issued('demo', issuer.id, 'r-2');
    const { requestId } = (await reissue(old.id)).json;
    const row = await scene.allocate('demo', (await requestOf(requestId))[0]!.data);
    const made = await scene.make(row);
    expect((await revoke(row.id)).json).toMatchObject({ state: 'withdrawn', version: 2 });
    expect(await scene.settle(made)).toBeUndefined();
    const said = (await scene.said('certificate.failed', 'demo')).filter(({ data }) => data.certificateId === row.id);
    expect(said).toMatchObject([{ sequence: 2, data: { state: 'withdrawn', failure: { type: 'withdrawn' } } }]);
    const followed = await scene.call(`GET /v1/requests/${requestId}`, { as: 'demo viewer' });
    expect(followed.json).toMatchObject({ state: 'failed', failure: { type: 'withdrawn' } });
    expect((await scene.call(`GET /v1/verify/${row.public_id}`)).status).toBe(404);
    expect((await scene.row(old.id)).state).toBe('issued');
    // A withdrawn one is replaced like any other.
    expect((await reissue(old.id)).json.requestId).not.toBe(requestId);
  });
});

describe('reissue', () => {
  it('replaces the newest with the corrections, whichever is named; the old one names its successor', async () => {
    const old = await scene.issued('demo', issuer.id, 's-1');
    const answers = await Promise.all([reissue(old.id, 'Asha Varma'), reissue(old.id), reissue(old.id)]);
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.requestId}`)).size).toBe(1);
    const said = await requestOf(answers[0].json.requestId);
    expect(said).toHaveLength(1);
    expect(said[0]!.data).toMatchObject({
      issue: { kind: 'replace', certificateId: old.id },
      template: old.request.template,
    });
    const made = await scene.allocate('demo', {
      ...said[0]!.data,
      recipient: { learnerId: 's-1', name: 'Asha Varma' },
    });
    const blocked = await reissue(old.id);
    expect([blocked.status, blocked.json.detail.includes(made.number)]).toEqual([409, true]);
    await scene.issue(made);
    const superseded = await revoke(old.id);
    expect([superseded.status, superseded.json.type]).toEqual([409, 'urn:laurel:problem:certificate-superseded']);
    expect(superseded.json.detail).toContain(made.id);
    // Named by its oldest, the occasion's newest is meant; also when that one is revoked.
    await revoke(made.id);
    const third = await reissue(old.id);
    expect((await requestOf(third.json.requestId))[0]!.data).toMatchObject({
      issue: { kind: 'replace', certificateId: made.id },
      recipient: { name: 'Asha Varma' },
    });
    expect(
      (await scene.call(`POST /v1/certificates/${old.id}/reissue`, { as: 'demo-two admin', body: { reason: 'x' } }))
        .status,
    ).toBe(404);
  });
});

describe('retry', () => {
  const retry = (id: string, body: object, as = 'demo operator', headers = {}) =>
    scene.call(`POST /v1/certificates/${id}/retry`, { as, body, headers });
  /** A certificate that failed, for an issuer that is there unless another one is given. */
  const failed = async (learnerId: string, issuerId = issuer.id) => {
    const row = await scene.allocate('demo', requestFor('demo', issuerId, learnerId, {}));
    await fail(row);
    return row;
  };
  const fail = ({ id, version }: CertificateRow) =>
    scene.unitOfWork.run((transaction) =>
      settleCertificates(
        transaction,
        { made: [], failed: [{ id, version, failure_type: 'does-not-fit', failure_reason: 'too wide' }] },
        { actor: 'certificate-generator', now: new Date() },
      ),
    );

  it('asks for the same certificate again with the corrections, under the same request, id and number', async () => {
    const row = await failed('t-1');
    await scene.owner.query(`INSERT INTO known_template VALUES ('demo', 'roomy', 3, $1)`, [
      { templateId: 'roomy', version: 3, sha256: 'b'.repeat(64), mediaType: 'text/html', title: 'Roomy', slots: [] },
    ]);
    const body = { recipient: { name: 'Asha V.' }, template: { id: 'roomy' }, reason: 'Shortened on request' };
    const answer = await retry(row.id, body);
    expect([answer.status, answer.json.requestId]).toEqual([202, row.request_id]);
    const again = await scene.row(row.id);
    expect(again).toMatchObject({
      ...{ id: row.id, number: row.number, public_id: row.public_id, allocated_at: row.allocated_at },
      ...{ state: 'allocated', version: 3, recipient_name: 'Asha V.', failure_type: null, state_reason: null },
    });
    const followed = () => scene.call(`GET /v1/requests/${row.request_id}`, { as: 'demo viewer' });
    expect((await followed()).json.state).toBe('pending');
    const said = (await requestOf(row.request_id)).at(-1)?.data;
    expect(said).toEqual({
      ...row.request,
      recipient: { ...row.request.recipient, name: 'Asha V.' },
      template: { id: 'roomy', version: 3, sha256: 'b'.repeat(64), mediaType: 'text/html' },
    });
    // What a worker made of the old snapshot, and had not yet issued when it failed, is never issued.
    expect(await scene.issue(row)).toBeUndefined();
    // The generator hears the request, and finds the corrected row.
    expect(await scene.allocate('demo', said!)).toMatchObject({ id: row.id, version: 3 });
    await scene.issue(again);
    expect((await followed()).json).toMatchObject({ state: 'issued', certificate: { recipient: { name: 'Asha V.' } } });
    const { json } = await scene.call(`GET /v1/certificates/${row.id}`, { as: 'demo viewer' });
    expect(json.history.map(({ state, version }) => `${version} ${state}`)).toEqual([
      '2 failed',
      '3 allocated',
      '4 issued',
    ]);
    expect(json.history[1]).toMatchObject({ reason: 'Shortened on request' });
  });

  it('repeats a replacement that failed', async () => {
    const old = await scene.issued('demo', issuer.id, 't-2');
    const { requestId } = (await reissue(old.id)).json;
    const row = await scene.allocate('demo', (await requestOf(requestId))[0]!.data);
    await fail(row);
    expect((await retry(row.id, {}, asIssuer)).json.requestId).toBe(requestId);
    const said = await requestOf(requestId);
    expect(said.map(({ data }) => data.issue)).toEqual(Array(2).fill({ kind: 'replace', certificateId: old.id }));
    const again = await scene.allocate('demo', said[1]!.data);
    expect([again.id, again.number]).toEqual([row.id, row.number]);
    await scene.issue(again);
    expect(await scene.row(old.id)).toMatchObject({ state: 'superseded', superseded_by: row.id });
  });

  it('gives a certificate whose issuer is unknown another one, and none to one that has a key', async () => {
    const unknown = stableUuid('demo', 'nobody');
    const row = await failed('t-3', unknown);
    expect(row).toMatchObject({ issuer_id: unknown, key_kid: null });
    const wrong = await retry(row.id, { issuerId: stableUuid('demo', 'nobody else') });
    expect([wrong.status, wrong.json.errors[0]?.pointer]).toEqual([400, '/issuerId']);
    expect((await retry(row.id, { issuerId: issuer.id })).status).toBe(202);
    const said = await requestOf(row.request_id);
    expect(await scene.allocate('demo', said.at(-1)!.data)).toMatchObject({ id: row.id, issuer_id: issuer.id });
    const keyed = await failed('t-4');
    const other = await scene.newIssuer('demo', 'Other Academy');
    expect((await retry(keyed.id, { issuerId: other.id })).json.type).toBe('urn:laurel:problem:issuer-is-fixed');
    expect((await scene.row(keyed.id)).state).toBe('failed');
  });

  it('takes only what has failed, once, and of its own tenant', async () => {
    const issued = await scene.issued('demo', issuer.id, 't-5');
    const refused = await retry(issued.id, {});
    expect([refused.status, refused.json.type]).toEqual([409, 'urn:laurel:problem:certificate-issued']);
    expect(refused.json.detail).toContain(issued.number);
    const row = await failed('t-6');
    expect((await retry(row.id, {}, 'demo-two operator')).status).toBe(404);
    expect((await retry(row.id, {}, 'demo viewer')).status).toBe(403);
    expect((await retry(row.id, { template: { id: 'unpublished' } })).json.type).toContain('unknown-template');
    const key = { 'idempotency-key': 'retry-t-6' };
    const answers = [await retry(row.id, {}, 'demo admin', key), await retry(row.id, {}, 'demo admin', key)];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    const third = await retry(row.id, {}, 'demo admin');
    expect([third.status, third.json.type]).toEqual([409, 'urn:laurel:problem:certificate-allocated']);
    expect(await requestOf(row.request_id)).toHaveLength(1);
  });
});

it('revoke, revoke and reissue of one certificate at once end legal, and every caller is told the truth', async () => {
  const legal = { revoked: 0, superseded: 0 };
  const one = async (round: number) => {
    const old = await scene.issued('demo', issuer.id, `race-${round}`);
    const ask = async () => {
      const { json } = await reissue(old.id);
      const [said] = await requestOf(json.requestId);
      return scene.make(await scene.allocate('demo', said!.data));
    };
    // Before the reissue is asked for, and in the very moment in which it takes effect.
    const ready = round % 2 === 0 ? undefined : await ask();
    const replace = async () => scene.settle(ready ?? (await ask()));
    const [first, second, successor] = await Promise.all([revoke(old.id, 'A'), revoke(old.id, 'B'), replace()]);
    const after = await scene.row(old.id);
    const live = await liveOf(old);
    expect(live).toEqual([successor!.id]);
    for (const { status, json } of [first, second]) {
      if (after.state === 'revoked')
        expect([status, json.state, json.version]).toEqual([200, 'revoked', after.version]);
      else expect([status, json.detail.includes(successor!.id)]).toEqual([409, true]);
    }
    legal[after.state as keyof typeof legal] += 1;
    const said = (await scene.said('certificate.changed', 'demo')).filter(({ data }) => data.certificateId === old.id);
    expect(said.map(({ type }) => type)).toEqual(after.state === 'revoked' ? ['certificate.revoked.v1'] : []);
    const history = await scene.owner.query<{ version: number }[]>(
      'SELECT version FROM certificate_history WHERE certificate_id = $1 ORDER BY version',
      [old.id],
    );
    expect(history.map(({ version }) => version)).toEqual([2, 3]);
  };
  for (let round = 0; round < 50; round += 5) await Promise.all([0, 1, 2, 3, 4].map((at) => one(round + at)));
  expect(legal.revoked + legal.superseded).toBe(50);
  expect(Math.min(legal.revoked, legal.superseded)).toBeGreaterThan(0);
});

async function liveOf({ occasion_key }: CertificateRow): Promise<string[]> {
  const rows = await scene.owner.query<{ id: string }[]>(
    "SELECT id FROM certificate WHERE occasion_key = $1 AND state IN ('issued', 'suspended')",
    [occasion_key],
  );
  return rows.map(({ id }) => id);
}
