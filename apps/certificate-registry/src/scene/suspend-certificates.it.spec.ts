import { waitFor } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { RegistryScene, requestFor } from './registry-scene.spec.ts';

let scene: RegistryScene;
let issuer: { id: string; did: string };

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  issuer = await scene.newIssuer('demo');
});
afterAll(() => scene.stop());

const change = (what: string, id: string, body: object, as = 'demo issuer') =>
  scene.call(`POST /v1/certificates/${id}/${what}`, { as, body });
const saidOf = async (id: string, topic = 'certificate.changed') =>
  (await scene.said(topic, 'demo')).filter(({ data }) => data.certificateId === id);
const historyOf = async (id: string) => {
  const { json } = await scene.call(`GET /v1/certificates/${id}`, { as: 'demo viewer' });
  return json.history as unknown as { version: number; state: string; actor: string; reason?: string }[];
};
const marksOf = async (list: string | null) => {
  const rows = await scene.owner.query<unknown[]>('SELECT FROM status_list_change WHERE list = $1', [list]);
  return rows.length;
};
const later = (milliseconds = 86_400_000) => new Date(Date.now() + milliseconds).toISOString();

describe('suspend', () => {
  it('suspends until an instant, says another end again, and an equal one is done already', async () => {
    const row = await scene.issued('demo', issuer.id, 's-1');
    const marks = await marksOf(row.status_list);
    const [first, second] = [later(), later(2 * 86_400_000)];
    const answers = [
      await change('suspend', row.id, { reason: 'In doubt', until: first }),
      await change('suspend', row.id, { reason: 'In doubt', until: first }),
      await change('suspend', row.id, { reason: 'In doubt', until: second }),
      await change('suspend', row.id, { reason: 'In more doubt' }),
    ];
    expect(answers.map(({ status, json }) => [status, json.state, json.version])).toEqual([
      [200, 'suspended', row.version + 1],
      [200, 'suspended', row.version + 1],
      [200, 'suspended', row.version + 2],
      [200, 'suspended', row.version + 3],
    ]);
    expect(answers.map(({ json }) => (json as unknown as { suspendedUntil?: string }).suspendedUntil)).toEqual([
      ...[first, first, second],
      undefined,
    ]);
    expect(await saidOf(row.id)).toMatchObject([
      { type: 'certificate.suspended.v1', sequence: row.version + 1, data: { reason: 'In doubt', until: first } },
      { type: 'certificate.suspended.v1', sequence: row.version + 2, data: { until: second } },
      { type: 'certificate.suspended.v1', sequence: row.version + 3, data: { reason: 'In more doubt' } },
    ]);
    expect(await historyOf(row.id)).toMatchObject([
      { state: 'issued' },
      { state: 'suspended', suspendedUntil: first, version: row.version + 1 },
      { state: 'suspended', suspendedUntil: second },
      { state: 'suspended', reason: 'In more doubt' },
    ]);
    const { json } = await scene.call(`GET /v1/verify/${row.public_id}`);
    expect(json.verdict).toBe('suspended');
    // No bit of a status list tells a suspension.
    expect(await marksOf(row.status_list)).toBe(marks);
  });

  it('takes no end that is over, no other state, no foreign certificate, and no reader', async () => {
    const row = await scene.issued('demo', issuer.id, 's-2');
    const past = await change('suspend', row.id, { reason: 'x', until: later(-1_000) });
    expect([past.status, past.json.errors[0]?.pointer]).toEqual([400, '/until']);
    const allocated = await scene.allocate('demo', requestFor('demo', issuer.id, 's-3', {}));
    const early = await change('suspend', allocated.id, { reason: 'x' });
    expect([early.status, early.json.type]).toEqual([409, 'urn:laurel:problem:certificate-allocated']);
    expect(early.json.detail).toContain('/withdraw');
    expect((await change('suspend', row.id, { reason: 'x' }, 'demo-two admin')).status).toBe(404);
    expect((await change('suspend', row.id, { reason: 'x' }, 'demo viewer')).status).toBe(403);
    expect((await scene.row(row.id)).state).toBe('issued');
    expect(await saidOf(row.id)).toEqual([]);
  });

  it('ends by itself: at once for whoever verifies, and then in the row, with an event', async () => {
    const row = await scene.issued('demo', issuer.id, 's-4');
    const until = later(1_500);
    await change('suspend', row.id, { reason: 'In doubt', until });
    const verdict = async () => (await scene.call(`GET /v1/verify/${row.public_id}`)).json.verdict;
    expect(await verdict()).toBe('suspended');
    const reinstated = await waitFor(
      'the end of the suspension',
      () => scene.row(row.id),
      ({ state }) => state === 'issued',
    );
    expect(await verdict()).toBe('valid');
    expect(reinstated).toMatchObject({
      version: row.version + 2,
      ...{ state_actor: 'certificate-registry', state_reason: 'the suspension ended', suspended_until: null },
    });
    expect(reinstated.state_changed_at.getTime()).toBeGreaterThanOrEqual(new Date(until).getTime());
    expect((await saidOf(row.id)).at(-1)).toMatchObject({
      type: 'certificate.reinstated.v1',
      sequence: row.version + 2,
      data: { state: 'issued', reason: 'the suspension ended' },
    });
  });
});

describe('reinstate', () => {
  it('gives a suspended certificate its force again, once; one that holds is answered as it is', async () => {
    const row = await scene.issued('demo', issuer.id, 'i-1');
    await change('suspend', row.id, { reason: 'In doubt' });
    const [first, again] = [
      await change('reinstate', row.id, { reason: 'Nothing was found' }),
      await change('reinstate', row.id, { reason: 'Again' }),
    ];
    expect([first.status, first.json.state, first.json.version]).toEqual([200, 'issued', row.version + 2]);
    expect([again.status, again.json]).toEqual([200, first.json]);
    expect((await saidOf(row.id)).map(({ type }) => type)).toEqual([
      'certificate.suspended.v1',
      'certificate.reinstated.v1',
    ]);
    expect((await scene.call(`GET /v1/verify/${row.public_id}`)).json.verdict).toBe('valid');
  });

  it('brings nothing back that is revoked', async () => {
    const row = await scene.issued('demo', issuer.id, 'i-2');
    const marks = await marksOf(row.status_list);
    await change('suspend', row.id, { reason: 'In doubt', until: later() });
    expect((await change('revoke', row.id, { reason: 'Forged' })).json.state).toBe('revoked');
    const refused = await change('reinstate', row.id, { reason: 'x' });
    expect([refused.status, refused.json.type]).toEqual([409, 'urn:laurel:problem:certificate-revoked']);
    expect(refused.json.detail).toContain('/reissue');
    expect(await scene.row(row.id)).toMatchObject({ state: 'revoked', suspended_until: null });
    expect(await marksOf(row.status_list)).toBe(row.status_list === null ? 0 : marks + 1);
  });
});

describe('withdraw', () => {
  it('stops what is being made, once, and tells it as failed', async () => {
    const row = await scene.allocate('demo', requestFor('demo', issuer.id, 'w-1', {}));
    const made = await scene.make(row);
    const [first, again] = [
      await change('withdraw', row.id, { reason: 'Asked twice' }),
      await change('withdraw', row.id, { reason: 'x' }),
    ];
    expect([first.status, first.json.state, first.json.version]).toEqual([200, 'withdrawn', 2]);
    expect([again.status, again.json]).toEqual([200, first.json]);
    expect(await scene.settle(made)).toBeUndefined();
    expect(await saidOf(row.id, 'certificate.failed')).toMatchObject([
      { sequence: 2, data: { state: 'withdrawn', failure: { type: 'withdrawn' } } },
    ]);
    expect(await historyOf(row.id)).toMatchObject([{ version: 2, state: 'withdrawn', reason: 'Asked twice' }]);
  });

  it('never ends what is issued: that is a revocation', async () => {
    const row = await scene.issued('demo', issuer.id, 'w-2');
    const refused = await change('withdraw', row.id, { reason: 'x' });
    expect([refused.status, refused.json.type]).toEqual([409, 'urn:laurel:problem:certificate-issued']);
    expect(refused.json.detail).toContain('/revoke');
    expect((await scene.row(row.id)).state).toBe('issued');
  });
});
