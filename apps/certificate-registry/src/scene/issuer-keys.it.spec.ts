import { succeedKeys } from '@laurel/certificates';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { RegistryScene } from './registry-scene.spec.ts';

let scene: RegistryScene;
beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
});
afterAll(() => scene.stop());

interface Key {
  kid: string;
  name: string;
  purpose: string;
  algorithm: string;
  state: string;
  compromised?: { from: string; reason: string; actor: string };
}
const keysOf = async (id: string) => {
  const { json } = await scene.call(`GET /v1/issuers/${id}/keys`, { as: 'demo viewer' });
  return json.items as unknown as Key[];
};
const states = async (id: string) =>
  (await keysOf(id)).map(({ purpose, algorithm, state }) => `${purpose} ${algorithm} ${state}`).sort();
const compromise = (id: string, name: string, body: object, as = 'demo admin') =>
  scene.call(`POST /v1/issuers/${id}/keys/${name}/compromise`, { as, body });
/** What the generator does every few seconds. */
const rotate = (overlap: number, now = new Date()) =>
  scene.unitOfWork.run((transaction) =>
    succeedKeys(transaction, { now, lifetime: 86_400_000, overlap, tokenKeyType: 'EC' }, scene.keys.make),
  );
const published = async (id: string) => (await scene.call(`GET /issuers/${id}/did.json`)).json.assertionMethod.sort();

it('are listed with their lives, and follow each other when it is asked for', async () => {
  const { id, did } = await scene.newIssuer('demo', 'Rotating');
  expect(await keysOf(id)).toEqual([]);
  const before = await scene.issued('demo', id, 'rotation-1');
  expect(await states(id)).toEqual(['integrity Ed25519 in-use', 'jwt ES256 in-use']);
  expect((await scene.call(`POST /v1/issuers/${id}/keys/rotate`, { as: 'demo admin' })).status).toBe(202);
  expect(await rotate(60_000)).toHaveLength(2);
  const published4 = await published(id);
  expect(published4).toHaveLength(4);
  expect(await states(id)).toEqual([
    'integrity Ed25519 in-use',
    'integrity Ed25519 next',
    'jwt ES256 in-use',
    'jwt ES256 next',
  ]);
  // As if the overlap had gone by.
  await scene.owner.query(
    `UPDATE issuer_key SET active_from = active_from - interval '1 minute', retired_at = retired_at - interval '1 minute'
     WHERE issuer_id = $1`,
    [id],
  );
  const after = await scene.issued('demo', id, 'rotation-2');
  expect(after.key_kid).not.toBe(before.key_kid);
  expect(after.integrity_kid).toBe(`${did}#di-2`);
  // A retired key still verifies what it signed, and stays published.
  for (const { public_id } of [before, after]) {
    expect((await scene.call(`GET /v1/verify/${public_id}`)).json.verdict).toBe('valid');
  }
  expect(await published(id)).toEqual(published4);
});

it('that were stolen sign no more, leave what is published, and what they signed from then on is refused', async () => {
  const { id, did } = await scene.newIssuer('demo', 'Robbed');
  const [hourAgo, now] = [new Date(Date.now() - 3_600_000), new Date()];
  const early = await scene.issued('demo', id, 'stolen-1', {}, new Date(hourAgo.getTime() - 60_000));
  const late = await scene.issued('demo', id, 'stolen-2', {}, now);
  const name = early.key_kid!.split('#')[1]!;
  const future = await compromise(id, name, { from: '2999-01-01T00:00:00Z', reason: 'x' });
  expect([future.status, future.json.errors]).toMatchObject([422, [{ pointer: '/from' }]]);
  expect((await compromise(id, 'nothing', { from: hourAgo, reason: 'x' })).status).toBe(404);
  expect((await compromise(id, name, { from: hourAgo, reason: 'x' }, 'demo-two admin')).status).toBe(404);
  expect((await compromise(id, name, { from: hourAgo, reason: 'x' }, 'demo issuer')).status).toBe(403);
  const marked = await compromise(id, name, { from: hourAgo, reason: 'A laptop was stolen' });
  expect([marked.status, marked.json.state]).toEqual([200, 'compromised']);
  // Later instants, which would bring back what was refused, change nothing.
  const again = (await compromise(id, name, { from: now, reason: 'No, later' })).json as unknown as Key;
  expect(again.compromised).toMatchObject({ from: hourAgo.toISOString(), reason: 'A laptop was stolen' });
  // The lists that it signed are signed again, by another key.
  const lists = await scene.owner.query<{ list: string }[]>('SELECT list FROM status_list_change');
  expect(lists).toContainEqual({ list: early.status_list });
  const verdicts = [];
  for (const { public_id } of [early, late]) {
    const { json } = await scene.call(`GET /v1/verify/${public_id}`);
    verdicts.push([json.verdict, json.reasons[0]?.code]);
  }
  expect(verdicts).toEqual([
    ['valid', 'in-force'],
    ['tampered', 'compromised-key'],
  ]);
  expect(await published(id)).toEqual([`${did}#di-1`]);
  expect((await scene.call(`GET /issuers/${id}/jwks.json`)).json.keys).toEqual([]);
  const next = await scene.issued('demo', id, 'stolen-3');
  expect(next.key_kid).not.toBe(early.key_kid);
  expect((await scene.call(`GET /v1/verify/${next.public_id}`)).json.verdict).toBe('valid');
});

it('of an issuer that the tenant has not are nobody’s business', async () => {
  const { id } = await scene.newIssuer('demo', 'Own');
  for (const route of ['GET keys', 'POST keys/rotate']) {
    const [method = '', path = ''] = route.split(' ');
    expect((await scene.call(`${method} /v1/issuers/${id}/${path}`, { as: 'demo-two admin' })).status).toBe(404);
  }
});
