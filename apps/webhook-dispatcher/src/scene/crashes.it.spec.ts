import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neededTopics } from '@laurel/messaging';
import { createDataSource, migrate } from '@laurel/persistence';
import {
  completion,
  createDatabase,
  createTopics,
  freePort,
  sendRecords,
  ServiceProcess,
  waitFor,
} from '@laurel/testing';
import { afterEach, expect, inject, it } from 'vitest';
import { migrations } from '../migrations/index.ts';
import { SecretBox } from '../signing/secret-box.ts';

const consumed = ['assessment.scored', 'certificate.changed', 'certificate.failed', 'certificate.issued', 'certificate.withheld', 'course.completed']; // prettier-ignore
const closing: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

it('loses nothing when a sender is killed under load, and repeats no more than what was under way, with its id', async () => {
  const { brokers, postgresUrl } = inject('stack');
  const counts = new Map<string, number>();
  const held: (() => void)[] = [];
  let received = 0;
  let isHolding = true;
  const receiver = createServer((request, response) => {
    const id = String(request.headers['webhook-id']);
    counts.set(id, (counts.get(id) ?? 0) + 1);
    request.resume();
    // From the hundredth on nobody gets an answer, until the sender has been killed.
    if (++received > 100 && isHolding) held.push(() => response.writeHead(204).end());
    else response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  closing.push(
    () => void receiver.close(),
    () => receiver.closeAllConnections(),
  );
  const { port } = receiver.address() as AddressInfo;

  const folder = mkdtempSync(join(tmpdir(), 'laurel-webhook-crash-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const keyFile = join(folder, 'key');
  writeFileSync(keyFile, randomBytes(32).toString('base64'));
  const url = await createDatabase(postgresUrl, 'webhook_crash');
  const dataSource = createDataSource({ url, applicationName: 'test', migrations, log: { warn: () => undefined } });
  await migrate(dataSource);
  closing.push(() => dataSource.destroy());
  const endpoints = Array.from({ length: 5 }, (_, n) => `0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c0${n}`);
  const box = SecretBox.fromFile(keyFile);
  for (const id of endpoints) {
    await dataSource.query(
      `INSERT INTO endpoint (id, tenant_id, external_id, url, types) VALUES ($1::uuid, 'acme', $1::uuid::text, $2, '{*}')`,
      [id, `http://127.0.0.1:${port}/`],
    );
    await dataSource.query('INSERT INTO lane (endpoint_id) VALUES ($1)', [id]);
    await dataSource.query('INSERT INTO signing_secret (id, endpoint_id, sealed) VALUES ($1::uuid, $1::uuid, $2)', [
      id,
      box.seal(randomBytes(32), id),
    ]);
  }
  // On a busy machine the broker may not lead at once what it has just made.
  const topics = await waitFor(
    'the topics',
    () => createTopics(brokers, neededTopics('webhook-dispatcher', consumed)),
    Boolean,
    { timeout: 90_000 },
  );
  const start = async () => {
    const own = String(await freePort());
    const process = new ServiceProcess('webhook-dispatcher', {
      LAUREL_ENV: 'test',
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      PORT: own,
      DATABASE_URL: url,
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_SESSION_TIMEOUT: '6000',
      TOPIC_PREFIX: topics.prefix,
      OIDC_ISSUER: 'http://127.0.0.1:1',
      SECRETS_KEY_FILE: keyFile,
      OUTBOUND_ALLOW: `127.0.0.1:${port}`,
    });
    closing.push(() => process.stop());
    await waitFor(
      `the dispatcher to be ready\n${process.output}`,
      async () => (await fetch(`http://127.0.0.1:${own}/health/ready`)).ok,
      Boolean,
      { timeout: 60_000 },
    );
    return process;
  };

  const first = await start();
  await sendRecords(
    topics.broker,
    Array.from({ length: 400 }, (_, n) =>
      completion({ tenantId: 'acme', batchId: 'b', learnerId: `K-${n}`, score: 1 }),
    ),
  );
  const leased = async () =>
    (
      await dataSource.query<[{ count: number }]>(
        'SELECT count(*)::int AS count FROM lane WHERE lease_until IS NOT NULL',
      )
    )[0].count;
  await waitFor(
    'every lane to have all of its requests under way',
    () => held.length,
    (count) => count === 8 * endpoints.length,
  );
  first.signal('SIGKILL');
  expect(await first.end()).toBe('SIGKILL');
  expect(await leased()).toBe(endpoints.length);
  isHolding = false;
  await start();
  const delivered = await waitFor(
    'all deliveries',
    async () =>
      (
        await dataSource.query<[{ count: number }]>(
          `SELECT count(*)::int AS count FROM delivery WHERE state = 'delivered'`,
        )
      )[0].count,
    (count) => count === 400 * endpoints.length,
    { timeout: 90_000, interval: 100 },
  );
  expect(delivered).toBe(2_000);
  // An event has one id for all of its endpoints, and each of the five got it.
  expect(counts.size).toBe(400);
  const repeated = [...counts.values()].reduce((sum, count) => sum + count, 0) - 2_000;
  expect(Math.min(...counts.values())).toBe(5);
  expect(repeated).toBeGreaterThanOrEqual(held.length);
  expect(repeated).toBeLessThanOrEqual(16 * endpoints.length);
}, 150_000);
