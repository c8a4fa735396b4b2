import { randomUUID } from 'node:crypto';
import { waitFor } from '@laurel/testing';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { HeadDelivery } from '../deliveries/delivery.repository.ts';
import { RecordOutcomes } from '../send-deliveries/record-outcomes.ts';
import { DispatcherScene } from './dispatcher-scene.spec.ts';

let scene: DispatcherScene;

beforeAll(async () => {
  scene = await DispatcherScene.open(inject('stack'), 1);
}, 180_000);

afterAll(() => scene.close());

it('keeps tenants apart, also with the same ids', async () => {
  const mine = await scene.endpoint('/mine', ['course.completed'], { id: 'crm' });
  const theirs = await scene.endpoint('/theirs', ['course.completed'], { id: 'crm' }, 'demo-two');
  expect(theirs.uuid).not.toBe(mine.uuid);
  const [here, there] = [await scene.complete('demo'), await scene.complete('demo-two')];
  await scene.arrived('/mine');
  await scene.arrived('/theirs');
  expect(
    scene
      .at('/mine')
      .map(({ body }) => body)
      .join(),
  ).toContain(`"${here}"`);
  expect(
    scene
      .at('/mine')
      .map(({ body }) => body)
      .join(),
  ).not.toContain(`"${there}"`);
  expect(
    scene
      .at('/theirs')
      .map(({ body }) => body)
      .join(),
  ).not.toContain(`"${here}"`);
  const { items } = (await scene.admin('GET', '/v1/endpoints/crm/deliveries')).json as { items: { id: string }[] };
  for (const [method, path] of [
    ['GET', `/v1/deliveries/${items[0]?.id}`],
    ['POST', `/v1/deliveries/${items[0]?.id}/retry`],
    ['GET', '/v1/endpoints/only-mine'],
  ] as const) {
    expect(await scene.admin(method, path, undefined, 'demo-two')).toMatchObject({ status: 404 });
  }
  expect((await scene.admin('GET', '/v1/endpoints', undefined, 'demo-two')).json).toMatchObject({
    items: [{ id: 'crm', url: `http://127.0.0.1:${scene.port}/theirs` }],
  });
  // It arrives before its answer is noted.
  const counts = await waitFor(
    'the delivery to be noted',
    async () => (await scene.call('demo-two', 'viewer', 'GET', '/counts')).json as { pending: number },
    ({ pending }) => pending === 0,
  );
  expect(counts).toEqual({ endpoints: 1, pending: 0, delivered: 1, failed: 0 });
  expect(await scene.call('demo', 'viewer', 'DELETE', '/v1/endpoints/crm')).toMatchObject({ status: 403 });
  expect(
    await scene.admin('POST', '/v1/endpoints', { id: 'crm', url: `http://127.0.0.1:${scene.port}/x`, types: ['*'] }),
  ).toMatchObject({
    status: 409,
  });
});

it('signs with the old secret too for a day after a rotation, and sends a test event to whoever wants anything', async () => {
  const { id, uuid, secret: old } = await scene.endpoint('/rotated', ['certificate.failed']);
  const { secret } = (await scene.admin('POST', `/v1/endpoints/${id}/rotate-secret`)).json as { secret: string };
  expect(secret).not.toBe(old);
  const { deliveryId } = (await scene.admin('POST', `/v1/endpoints/${id}/test`)).json as { deliveryId: string };
  const [one] = await scene.arrived('/rotated');
  for (const key of [old, secret]) {
    expect(new Webhook(key).verify(one!.body, one!.headers as Record<string, string>)).toMatchObject({
      type: 'endpoint.test',
      data: { endpointId: id },
    });
  }
  await scene.settled(id, { pending: 0, delivered: 1, failed: 0 });
  expect((await scene.admin('GET', `/v1/deliveries/${deliveryId}`)).json).toMatchObject({
    type: 'endpoint.test',
    state: 'delivered',
  });
  // A day later.
  await scene.dataSource.query(
    `UPDATE signing_secret SET valid_until = now() WHERE endpoint_id = $1 AND valid_until IS NOT NULL`,
    [uuid],
  );
  await scene.dataSource.query('UPDATE endpoint SET version = version + 1 WHERE id = $1', [uuid]);
  await scene.admin('POST', `/v1/endpoints/${id}/test`);
  const [, two] = await scene.arrived('/rotated', 2);
  new Webhook(secret).verify(two!.body, two!.headers as Record<string, string>);
  expect(() => new Webhook(old).verify(two!.body, two!.headers as Record<string, string>)).toThrow();
  const [{ sealed }] = await scene.dataSource.query<[{ sealed: Buffer }]>(
    'SELECT sealed FROM signing_secret WHERE endpoint_id = $1',
    [uuid],
  );
  expect(sealed.includes(Buffer.from(secret.slice(6), 'base64'))).toBe(false);
});

it('refuses a URL that it would not call, and shows a secret once', async () => {
  const refused = async (url: string) =>
    (await scene.admin('POST', '/v1/endpoints', { url, types: ['*'] })).json as object;
  expect(await refused('https://10.0.0.7/hooks')).toMatchObject({
    status: 400,
    errors: [
      {
        in: 'body',
        pointer: '/url',
        detail: 'leads to a private address; it must be reachable from the public internet',
      },
    ],
  });
  expect(await refused(`http://127.0.0.1:${scene.port + 1}/`)).toMatchObject({
    detail: 'body /url: must begin with https://.',
  });
  expect(await refused('https://0x7f.1/')).toMatchObject({
    detail: expect.stringContaining('a loopback address') as string,
  });
  expect(
    await scene.admin('POST', '/v1/endpoints', { url: 'https://a.example', types: ['course.started'] }),
  ).toMatchObject({
    status: 400,
    json: { errors: [{ pointer: '/types/0' }] },
  });
  const again = { 'idempotency-key': 'one-endpoint' };
  const body = { url: `http://127.0.0.1:${scene.port}/idempotent`, types: ['certificate.issued'] };
  const first = await scene.call('demo', 'admin', 'POST', '/v1/endpoints', body, again);
  const second = await scene.call('demo', 'admin', 'POST', '/v1/endpoints', body, again);
  expect(second.json).toMatchObject({ id: (first.json as { id: string }).id, repeated: true });
  expect(second.json).not.toHaveProperty('secret');
});

it('collects for a paused endpoint', async () => {
  const { id } = await scene.endpoint('/paused', ['course.completed']);
  await scene.admin('PATCH', `/v1/endpoints/${id}`, { state: 'paused' });
  await scene.complete();
  await scene.settled(id, { pending: 1, delivered: 0, failed: 0 });
  expect(scene.at('/paused')).toEqual([]);
  // A sender that slept through its lease: whoever has the lane now is right.
  const [row] = await scene.dataSource.query<[HeadDelivery]>(
    `SELECT delivery.*, url, body, occurred_at, source_event_id, correlation_id, traceparent
     FROM delivery JOIN endpoint ON endpoint.id = endpoint_id JOIN event ON event.id = event_id WHERE external_id = $1`,
    [id],
  );
  const lease = { endpointId: row.endpoint_id, token: randomUUID(), isProbe: false };
  const response = {
    status: 204,
    headers: {},
    body: Buffer.of(),
    truncated: false,
    milliseconds: 1,
    address: undefined,
  };
  const late = { lease, delivery: row, startedAt: new Date(), milliseconds: 1, response };
  const halted = await scene.dispatchers[0]!.service.app.get(RecordOutcomes).run({
    outcomes: [late],
    handBacks: [{ lease }],
  });
  expect([...halted]).toEqual([row.endpoint_id]);
  await scene.settled(id, { pending: 1, delivered: 0, failed: 0 });
  await scene.admin('PATCH', `/v1/endpoints/${id}`, { state: 'active' });
  await scene.settled(id, { pending: 0, delivered: 1, failed: 0 });
});
