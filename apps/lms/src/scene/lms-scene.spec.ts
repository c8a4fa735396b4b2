import 'reflect-metadata';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  catalogue,
  type Contract,
  contractsOf,
  encodeEvent,
  type Event,
  parseRecord,
  type TopicName,
} from '@laurel/contracts';
import { checkAward, type CheckedAward } from '@laurel/credentials';
import { type BrokerConsumer, neededTopics } from '@laurel/messaging';
import { createDataSource, migrate } from '@laurel/persistence';
import { createOpenApiDocument, createService, type Service, type ServiceDefinition } from '@laurel/service-kit';
import { createDatabase, createTopics, sendRecords, startTokens, type TestTopics, type Tokens } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { expect, inject, it } from 'vitest';
import { AppModule } from '../app.module.ts';
import { settings } from '../config.ts';
import { migrations } from '../migrations/index.ts';

const definition: ServiceDefinition = { name: 'lms', settings, database: { migrations }, module: AppModule };
const handled = (catalogue as readonly Contract[])
  .filter(({ consumers }) => consumers.includes('lms'))
  .flatMap(({ topics }) => topics.map(({ name }) => name));
const own = ['tenant.updated', 'learner.updated', 'batch.updated', 'assessment.scored', 'course.completed'];

/** What a route answered. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a test reads back is asserted in the next line
  readonly json: any;
}

/** Serves the one route of the generator that is asked here, with its own check; the real one is asked where all services meet. */
async function checkAwards(): Promise<Server> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (!request.headers.authorization?.startsWith('Bearer ')) return response.writeHead(401).end();
      void checkAward(JSON.parse(Buffer.concat(parts).toString()) as CheckedAward).then((problems) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ problems })),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** The service on a real broker, database and OIDC server, and all that it says. */
export class LmsScene {
  /** Every event on the topics of this service, whoever wrote it. */
  readonly said: Event[] = [];

  private constructor(
    readonly topics: TestTopics,
    readonly dataSource: DataSource,
    private readonly tokens: Tokens,
    private readonly service: Service,
    private observer: BrokerConsumer | undefined,
    private url: string,
    private readonly generator: Server,
  ) {}

  static async open(): Promise<LmsScene> {
    const { brokers, postgresUrl } = inject('stack');
    const [topics, tokens, url, generator] = await Promise.all([
      createTopics(brokers, neededTopics('lms', handled)),
      startTokens(),
      createDatabase(postgresUrl, 'lms'),
      checkAwards(),
    ]);
    const dataSource = createDataSource({ url, applicationName: 'test', migrations, log: { warn() {} } });
    await migrate(dataSource);
    const service = await createService(definition, {
      LAUREL_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: url,
      KAFKA_BROKERS: brokers.join(','),
      TOPIC_PREFIX: topics.prefix,
      ...tokens.settings,
      GENERATOR_URL: `http://127.0.0.1:${(generator.address() as AddressInfo).port}`,
    });
    const scene = new LmsScene(topics, dataSource, tokens, service, undefined, '', generator);
    scene.observer = scene.observe();
    [scene.url] = await Promise.all([service.start(), scene.observer.start()]);
    return scene;
  }

  async close(): Promise<void> {
    await this.observer?.stop();
    await this.service.stop();
    await this.dataSource.destroy();
    await this.tokens.stop();
    await this.stopGenerator();
  }

  async stopGenerator(): Promise<void> {
    if (!this.generator.listening) return;
    this.generator.closeAllConnections();
    await new Promise((resolve) => this.generator.close(resolve));
  }

  /** Calls a route as `<tenant>` and `<role>`; a text is sent as CSV. */
  async call(as: string, method: string, path: string, body?: unknown, tenant = 'demo', more = {}): Promise<Answer> {
    const isFile = typeof body === 'string' || Buffer.isBuffer(body);
    const type = body === undefined ? {} : { 'content-type': isFile ? 'text/csv' : 'application/json' };
    const answer = await fetch(this.url + path, {
      method,
      headers: { ...(await this.tokens.of(tenant, as)), ...type, ...more },
      ...(body === undefined ? {} : { body: isFile ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const retryAfter = answer.headers.get('retry-after');
    return { status: answer.status, retryAfter, json: text === '' ? {} : (JSON.parse(text) as unknown) };
  }

  /** Publishes as another service does; `type` where the topic has several. */
  async publish(
    topic: TopicName,
    data: unknown,
    { tenantId = 'demo', sequence, type, source = '/laurel/test' }: Partial<Event> = {},
  ): Promise<void> {
    const contract = [...(contractsOf(topic)?.values() ?? [])].find((each) => (type ?? each.type) === each.type);
    if (!contract) throw new Error(`No contract declares ${topic} ${type}`);
    const id = crypto.randomUUID();
    const event = { id, correlationId: id, source, type: contract.type, time: new Date(), tenantId, data };
    const encoded = encodeEvent({ ...event, ...(sequence === undefined ? {} : { sequence }) });
    await sendRecords(this.topics.broker, [{ topic, key: contract.key.from(tenantId, data), ...encoded }]);
  }

  /** What this service has said of one fact, in the order of each key. */
  saidOf(fact: string, tenantId = 'demo'): Event<string, Record<string, never>>[] {
    return this.said.filter(
      (event): event is Event<string, Record<string, never>> =>
        event.type === `${fact}.v1` && event.tenantId === tenantId && event.source === '/laurel/lms',
    );
  }

  private observe(): BrokerConsumer {
    return this.topics.broker.consumer({
      group: 'observer',
      topics: own,
      concurrency: 12,
      onFetched: async ({ records, resolve }) => {
        for (const record of records) {
          const parsed = parseRecord(record);
          if (parsed.kind === 'event') this.said.push(parsed.event);
          resolve(record);
        }
      },
      onTick() {},
      onEnd() {},
    });
  }
}

it('every route says in the OpenAPI document what it does, what it answers and who may call it', async () => {
  const { paths } = await createOpenApiDocument(definition);
  const operations = Object.values(paths).flatMap((path) => Object.values(path) as Record<string, unknown>[]);
  expect(operations.length).toBeGreaterThan(25);
  for (const operation of operations.filter(({ operationId }) => !/^(Health|Metrics)/.test(String(operationId)))) {
    expect(operation).toMatchObject({ summary: expect.any(String), 'x-access': expect.any(Array) });
    const answers = Object.keys(operation['responses'] as object).filter((status) => /^2/.test(status));
    expect(answers.length, String(operation['summary'])).toBeGreaterThan(0);
  }
});
