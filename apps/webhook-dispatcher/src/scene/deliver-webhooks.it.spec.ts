import { completion, sendRecords, waitFor, watchMachine } from '@laurel/testing';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { DispatcherScene } from './dispatcher-scene.spec.ts';

let scene: DispatcherScene;

beforeAll(async () => {
  scene = await DispatcherScene.open(inject('stack'), 2);
}, 180_000);

afterAll(() => scene.close());

it('brings a completion to the endpoint that wants it, signed, without the learner of the record', async () => {
  const { id, secret } = await scene.endpoint('/first', ['course.completed']);
  const learnerId = 'L-signed';
  const record = completion({ tenantId: 'demo', batchId: 'b-1', learnerId, score: 80 });
  const value = {
    ...(JSON.parse(String(record.value)) as object),
    learner: { name: 'Canary', email: 'canary@example.org' },
  };
  await sendRecords(scene.topics.broker, [{ ...record, value: JSON.stringify(value) }]);
  const [one] = await scene.arrived('/first');
  const event = new Webhook(secret).verify(one!.body, one!.headers as Record<string, string>);
  expect(event).toEqual({
    type: 'course.completed',
    timestamp: expect.any(String) as string,
    data: { enrolmentId: record.key, batchId: 'b-1', learnerId, completedAt: '2026-03-01T12:00:00Z', score: 80 },
  });
  expect(one!.body).not.toMatch(/canary/i);
  await scene.settled(id, { pending: 0, delivered: 1, failed: 0 });
});

it('sends an event once to each endpoint, whoever of two dispatchers hears of it and however often it is said', async () => {
  const { id } = await scene.endpoint('/once', ['course.completed']);
  const { id: second } = await scene.endpoint('/once-too', ['*']);
  const { id: other } = await scene.endpoint('/scores', ['assessment.scored', 'certificate.revoked']);
  const records = Array.from({ length: 200 }, (_, n) =>
    completion({ tenantId: 'demo', batchId: 'once', learnerId: `O-${n}`, score: 70 }),
  );
  // The same ids without a time of their own: the broker stamps the repetitions later.
  await sendRecords(scene.topics.broker, records);
  await sendRecords(scene.topics.broker, records);
  await scene.settled(id, { pending: 0, delivered: 200, failed: 0 });
  await scene.settled(second, { pending: 0, delivered: 200, failed: 0 });
  await scene.settled(other, { pending: 0, delivered: 0, failed: 0 });
  for (const path of ['/once', '/once-too']) {
    const ids = scene.at(path).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(200);
    expect(ids).toHaveLength(200);
  }
  expect(scene.at('/scores')).toEqual([]);
  const ends = await waitFor(
    'both to have said of it',
    async () => {
      const reader = await scene.topics.broker.admin();
      return reader.lag('nobody', 'webhook.delivered').finally(() => reader.close());
    },
    (count) => count >= 601,
  );
  expect(ends).toBe(601);
  const [wrong] = await scene.dataSource.query<[{ count: number }]>(
    `SELECT count(*)::int AS count FROM event WHERE tenant_id = 'nobody-listens'`,
  );
  await scene.complete('nobody-listens');
  expect(wrong.count).toBe(0);
});

it('waits as long as the receiver asks, and tries again with the same id and a signature of its own time', async () => {
  scene.answers.set('/busy', (response, turn) => {
    if (turn === 1) response.writeHead(503, { 'retry-after': '2' }).end('later');
    else response.writeHead(200).end('thanks');
  });
  const { id, secret } = await scene.endpoint('/busy', ['course.completed']);
  await scene.complete();
  const [first, second] = await scene.arrived('/busy', 2);
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(1_990);
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect(second!.headers['webhook-timestamp']).not.toBe(first!.headers['webhook-timestamp']);
  for (const one of [first, second]) new Webhook(secret).verify(one!.body, one!.headers as Record<string, string>);
  await scene.settled(id, { pending: 0, delivered: 1, failed: 0 });
  const { items } = (await scene.admin('GET', `/v1/endpoints/${id}/deliveries?state=delivered`)).json as {
    items: { id: string }[];
  };
  expect((await scene.admin('GET', `/v1/deliveries/${items[0]?.id}`)).json).toMatchObject({
    state: 'delivered',
    attempts: 2,
    webhookId: first!.headers['webhook-id'],
    log: [
      { n: 1, status: 503, response: { body: 'later', headers: { 'retry-after': '2' } } },
      { n: 2, status: 200, response: { body: 'thanks' } },
    ],
  });
  await scene.admin('DELETE', `/v1/endpoints/${id}`);
});

it('stops at 410, keeps what waits, and goes on when somebody enables the endpoint again', async () => {
  let isGone = true;
  scene.answers.set('/gone', (response) => response.writeHead(isGone ? 410 : 204).end());
  const { id } = await scene.endpoint('/gone', ['course.completed']);
  await scene.complete();
  await scene.settled(id, { pending: 0, delivered: 0, failed: 1 });
  const disabled = await scene.admin('GET', `/v1/endpoints/${id}`);
  expect(disabled.json).toMatchObject({ state: 'disabled', disabledReason: 'it answered 410 Gone' });
  expect(await scene.admin('POST', `/v1/endpoints/${id}/test`)).toMatchObject({ status: 409 });
  isGone = false;
  expect((await scene.admin('PATCH', `/v1/endpoints/${id}`, { state: 'active' })).json).toMatchObject({
    state: 'active',
  });
  const { items } = (await scene.admin('GET', `/v1/endpoints/${id}/deliveries?state=failed`)).json as {
    items: { id: string }[];
  };
  expect(await scene.admin('POST', `/v1/deliveries/${items[0]?.id}/retry`)).toMatchObject({
    status: 202,
    json: { deliveryId: items[0]?.id },
  });
  await scene.settled(id, { pending: 0, delivered: 1, failed: 0 });
  const again = await scene.admin('POST', `/v1/deliveries/${items[0]?.id}/retry`);
  expect(again.json).not.toEqual({ deliveryId: items[0]?.id });
  await scene.settled(id, { pending: 0, delivered: 2, failed: 0 });
  expect(new Set(scene.at('/gone').map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  await scene.admin('DELETE', `/v1/endpoints/${id}`);
});

it('gives up after the schedule, with every attempt in the log', async () => {
  scene.answers.set('/broken', (response) => response.writeHead(500, { 'set-cookie': 'a=b' }).end('x'.repeat(5_000)));
  const { id } = await scene.endpoint('/broken', ['course.completed']);
  await scene.complete();
  await scene.settled(id, { pending: 0, delivered: 0, failed: 1 });
  const { items } = (await scene.admin('GET', `/v1/endpoints/${id}/deliveries`)).json as { items: { id: string }[] };
  const { log, lastError } = (await scene.admin('GET', `/v1/deliveries/${items[0]?.id}`)).json as {
    log: object[];
    lastError: string;
  };
  expect(lastError).toBe('the answer was 500');
  expect(log).toHaveLength(4);
  expect(JSON.stringify(log[0])).not.toContain('a=b');
  expect(log[0]).toMatchObject({ status: 500, response: { body: 'x'.repeat(2_048) } });
  await scene.admin('DELETE', `/v1/endpoints/${id}`);
});

it('is not slowed by a receiver that never answers, which gets eight requests at a time', async () => {
  scene.answers.set('/silent', () => undefined);
  const { id } = await scene.endpoint('/silent', ['course.completed']);
  await scene.endpoint('/healthy', ['course.completed']);
  await Promise.all(Array.from({ length: 20 }, () => scene.complete()));
  await scene.arrived('/silent', 8);
  const [begin, limitOf] = [performance.now(), watchMachine()];
  const last = await scene.complete();
  await waitFor(
    'the last one',
    () => scene.at('/healthy'),
    (all) => all.some(({ body }) => body.includes(`"${last}"`)),
  );
  expect((performance.now() - begin) / 1_000).toBeLessThan(limitOf(5));
  expect(scene.at('/silent')).toHaveLength(8);
  expect((await scene.admin('GET', `/v1/endpoints/${id}`)).json).toMatchObject({ deliveries: { pending: 21 } });
  expect(await scene.admin('DELETE', `/v1/endpoints/${id}`)).toMatchObject({ status: 204 });
  const states = await scene.dataSource.query<{ state: string; count: number }[]>(
    `SELECT delivery.state, count(*)::int AS count FROM delivery JOIN endpoint ON endpoint.id = endpoint_id
     WHERE external_id = $1 GROUP BY 1`,
    [id],
  );
  expect(states).toEqual([{ state: 'cancelled', count: 21 }]);
});
