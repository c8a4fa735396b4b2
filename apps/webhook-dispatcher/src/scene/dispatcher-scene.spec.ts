import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contract, catalogue } from '@laurel/contracts';
import { neededTopics } from '@laurel/messaging';
import { createDataSource, migrate } from '@laurel/persistence';
import { createService, type Service } from '@laurel/service-kit';
import {
  completion,
  createDatabase,
  createTopics,
  sendRecords,
  startTokens,
  type TestTopics,
  type Tokens,
  waitFor,
} from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { expect, it } from 'vitest';
import { AppModule } from '../app.module.ts';
import { settings } from '../config.ts';
import { migrations } from '../migrations/index.ts';

/** What the receiver got. */
export interface Received {
  readonly path: string;
  readonly at: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const consumed = [
  'assessment.scored',
  'certificate.changed',
  'certificate.failed',
  'certificate.issued',
  'certificate.withheld',
  'course.completed',
];

/** Dispatchers on a real broker and database, and a real receiver that answers as a test wants it. */
export class DispatcherScene {
  readonly received: Received[] = [];
  /** What a path answers; 204 where nothing is said. */
  readonly answers = new Map<string, (response: ServerResponse, turn: number) => void>();
  readonly dispatchers: { service: Service; url: string }[] = [];
  private learners = 0;

  private constructor(
    private readonly folder: string,
    private readonly receiver: Server,
    private readonly tokens: Tokens,
    readonly topics: TestTopics,
    readonly dataSource: DataSource,
  ) {
    receiver.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const path = request.url ?? '';
        this.received.push({ path, at: Date.now(), headers: request.headers, body: Buffer.concat(parts).toString() });
        const answer = this.answers.get(path);
        if (answer) answer(response, this.at(path).length);
        else response.writeHead(204).end();
      });
    });
  }

  static async open(stack: { brokers: string[]; postgresUrl: string }, dispatchers: number): Promise<DispatcherScene> {
    const folder = mkdtempSync(join(tmpdir(), 'laurel-webhooks-'));
    const keyFile = join(folder, 'key');
    writeFileSync(keyFile, `${randomBytes(32).toString('base64')}\n`);
    const receiver = createServer().listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const url = await createDatabase(stack.postgresUrl, 'webhooks');
    const dataSource = createDataSource({ url, applicationName: 'test', migrations, log: { warn: () => undefined } });
    await migrate(dataSource);
    const tokens = await startTokens();
    const topics = await waitFor(
      // On a busy machine the broker may not lead at once what it has just made.
      'the topics',
      () => createTopics(stack.brokers, neededTopics('webhook-dispatcher', consumed)),
      Boolean,
      { timeout: 90_000 },
    );
    const scene = new DispatcherScene(folder, receiver, tokens, topics, dataSource);
    for (let count = 0; count < dispatchers; count++) {
      const service = await createService(
        { name: 'webhook-dispatcher', settings, database: { migrations }, module: AppModule },
        {
          ...tokens.settings,
          LAUREL_ENV: 'test',
          HOST: '127.0.0.1',
          PORT: '0',
          LOG_LEVEL: 'silent',
          DATABASE_URL: url,
          KAFKA_BROKERS: stack.brokers.join(','),
          TOPIC_PREFIX: topics.prefix,
          SECRETS_KEY_FILE: keyFile,
          OUTBOUND_ALLOW: `127.0.0.1:${scene.port}`,
          RETRY_SCHEDULE: '0.2,0.2,0.2',
        },
      );
      scene.dispatchers.push({ service, url: await service.start() });
    }
    return scene;
  }

  async close(): Promise<void> {
    await Promise.all(this.dispatchers.map(({ service }) => service.stop()));
    this.receiver.closeAllConnections();
    this.receiver.close();
    await this.dataSource.destroy();
    await this.tokens.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get port(): number {
    return (this.receiver.address() as AddressInfo).port;
  }

  /** What came to a path. */
  at(path: string): Received[] {
    return this.received.filter((one) => one.path === path);
  }

  async call<Json = unknown>(
    tenant: string,
    role: string,
    method: string,
    path: string,
    body?: object,
    headers: object = {},
  ): Promise<{ status: number; json: Json }> {
    const answer = await fetch(`${this.dispatchers[0]?.url}${path}`, {
      method,
      headers: {
        ...(await this.tokens.of(tenant, role)),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, json: JSON.parse(text || '{}') as Json };
  }

  async admin<Json = unknown>(method: string, path: string, body?: object, tenant = 'demo') {
    return this.call<Json>(tenant, 'admin', method, path, body);
  }

  /** Makes an endpoint that leads to a path of the receiver. */
  async endpoint(path: string, types: string[], more: object = {}, tenant = 'demo') {
    const body = { url: `http://127.0.0.1:${this.port}${path}`, types, ...more };
    const made = await this.admin<{ id: string; uuid: string; secret: string }>('POST', '/v1/endpoints', body, tenant);
    expect(made).toMatchObject({ status: 201, json: { secret: expect.stringMatching(/^whsec_/) as string } });
    return made.json;
  }

  /** Publishes a completion. @returns the id of its learner */
  async complete(tenantId = 'demo'): Promise<string> {
    const learnerId = `L-${this.learners++}`;
    await sendRecords(this.topics.broker, [completion({ tenantId, batchId: 'b-1', learnerId, score: 80 })]);
    return learnerId;
  }

  arrived(path: string, count = 1): Promise<Received[]> {
    return waitFor(
      `${count} requests to ${path}`,
      () => this.at(path),
      ({ length }) => length >= count,
      { timeout: 20_000 },
    );
  }

  /** Waits until the deliveries of an endpoint stand so. */
  async settled(id: string, wanted: object): Promise<void> {
    await waitFor(
      `endpoint ${id} to have ${JSON.stringify(wanted)}`,
      async () => (await this.admin<{ deliveries: object }>('GET', `/v1/endpoints/${id}`)).json.deliveries,
      (deliveries) => JSON.stringify(deliveries) === JSON.stringify(wanted),
      { timeout: 20_000 },
    );
  }

  /** The ids of an endpoint's deliveries in a state, the newest first. */
  async deliveriesOf(id: string, state: string): Promise<string[]> {
    const path = `/v1/endpoints/${id}/deliveries?state=${state}`;
    const { items } = (await this.admin<{ items: { id: string }[] }>('GET', path)).json;
    return items.map((one) => one.id);
  }
}

it('hears every topic that names the dispatcher: else no other test of this service would mean a thing', () => {
  const named = (catalogue as readonly Contract[]).filter(({ consumers }) => consumers.includes('webhook-dispatcher'));
  expect([...new Set(named.flatMap(({ topics }) => topics.map(({ name }) => name)))].sort()).toEqual(consumed);
});
