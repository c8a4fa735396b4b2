import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeEvent, tenantUpdated, topicList } from '@laurel/contracts';
import { neededTopics } from '@laurel/messaging';
import { createDataSource, migrate } from '@laurel/persistence';
import { checkTemplate, templateSlots } from '@laurel/rendering/templates';
import { createOpenApiDocument, createService, type Service } from '@laurel/service-kit';
import {
  createDatabase,
  createTopics,
  freePort,
  provideBrowser,
  sendRecords,
  ServiceDatabases,
  ServiceProcess,
  startOidc,
  type TestStack,
  waitFor,
} from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { AppModule } from '../app.module.ts';
import { settings } from '../config.ts';
import { migrations } from '../migrations/index.ts';

/** JSON that was read back, to be asserted in the next line. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a test reads is `any` by nature
export type Json = Record<string, any>;

const definition = { name: 'asset-store', settings, database: { migrations }, module: AppModule } as const;
// Those of this service alone: a broker takes seconds to make all of them.
const ownTopics = topicList().filter(({ name }) => /tenant\.updated|credential-type|template/.test(name));

/** The service with its own topics, database, objects and OIDC server, and a generator's routes that check designs as it does. */
export class AssetsScene {
  /** Whether the generator says that it has no time. */
  generatorIsBusy = false;
  /** What was asked of it: `check`, `preview`, `samples`. */
  readonly generatorCalls: string[] = [];
  private readonly running: Service[] = [];
  private generator: Server | undefined;
  private process: ServiceProcess | undefined;
  private url: string | undefined;

  private constructor(
    readonly database: DataSource,
    readonly objectStoreUrl: string,
    private readonly folder: string,
    private readonly topics: Awaited<ReturnType<typeof createTopics>>,
    private readonly oidc: Awaited<ReturnType<typeof startOidc>>,
    private readonly generatorPort: number,
    private readonly environment: Record<string, string>,
  ) {}

  static async open({ brokers, postgresUrl }: TestStack): Promise<AssetsScene> {
    const folder = mkdtempSync(join(tmpdir(), 'laurel-assets-'));
    const [topics, url] = await Promise.all([createTopics(brokers, ownTopics), createDatabase(postgresUrl, 'assets')]);
    const oidc = await startOidc({ folder, port: await freePort() });
    const database = createDataSource({ url, applicationName: 'test', migrations, log: { warn: () => undefined } });
    await migrate(database);
    const client = oidc.clients.find(({ audience }) => audience === 'laurel-internal');
    const objects = pathToFileURL(join(folder, 'objects')).href;
    const port = await freePort();
    const scene = new AssetsScene(database, objects, folder, topics, oidc, port, {
      ...{ LAUREL_ENV: 'test', LOG_LEVEL: 'silent', HOST: '127.0.0.1', PORT: '0', DATABASE_URL: url },
      KAFKA_BROKERS: brokers.join(','),
      TOPIC_PREFIX: topics.prefix,
      OIDC_ISSUER: oidc.issuer,
      OIDC_CLIENT_ID: client?.id ?? '',
      OIDC_CLIENT_SECRET: client?.secret ?? '',
      OBJECT_STORE_URL: objects,
      GENERATOR_URL: `http://127.0.0.1:${port}`,
    });
    await scene.startGenerator();
    await scene.start();
    return scene;
  }

  /** Starts one more process' worth of the service. @returns what stops it */
  async start(): Promise<() => Promise<void>> {
    const service = await createService(definition, this.environment);
    this.running.push(service);
    const url = await service.start();
    this.url ??= url;
    return () => service.stop();
  }

  async close(): Promise<void> {
    await Promise.all(this.running.map((service) => service.stop()));
    await this.stopGenerator();
    await Promise.all([this.database.destroy(), this.oidc.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Serves the routes of the generator that are asked here, with its own check of designs; rendering is its own test's, and that of the real one. */
  async startGenerator(): Promise<void> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const asked = JSON.parse(Buffer.concat(parts).toString());
        const route = request.url?.split('/').at(-1) ?? '';
        this.generatorCalls.push(route);
        if (this.generatorIsBusy) return response.writeHead(429, { 'retry-after': '3' }).end('{}');
        if (!request.headers.authorization?.startsWith('Bearer ')) return response.writeHead(401).end();
        if (route === 'preview') return response.writeHead(200).end(`%PDF ${JSON.stringify(asked)}`);
        const answer =
          route === 'samples'
            ? samplesOf(asked)
            : { findings: checkTemplate(asked), slots: templateSlots(asked), longest: [longest] };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(this.generatorPort, '127.0.0.1', resolve));
    this.generator = server;
  }

  async stopGenerator(): Promise<void> {
    await this.process?.stop();
    if (!this.generator?.listening) return;
    this.generator.closeAllConnections();
    await new Promise((resolve) => this.generator?.close(resolve));
  }

  /** Has the real generator, with its browser, in the place of the other one. It takes no requests for certificates. */
  async useRealGenerator({ brokers, postgresUrl }: TestStack): Promise<void> {
    const app = 'certificate-generator';
    const [databases, { prefix }, browserPath] = await Promise.all([
      ServiceDatabases.prepare(postgresUrl, [app]),
      // It asks for them though it reads none.
      createTopics(brokers, neededTopics(app, ['certificate.requested', 'certificate.requested.bulk'])),
      provideBrowser(),
      this.stopGenerator(),
    ]);
    const masterKeyFile = join(this.folder, 'master.key');
    writeFileSync(masterKeyFile, randomBytes(32), { mode: 0o600 });
    this.process = new ServiceProcess(app, {
      ...this.environment,
      ...{ LOG_LEVEL: 'warn', PORT: String(this.generatorPort), LANES: 'none', TOPIC_PREFIX: prefix },
      ...{ PUBLIC_URL: 'https://certificates.example', MASTER_KEY_FILE: masterKeyFile },
      ...{ BROWSER_PATH: browserPath, BROWSER_NO_SANDBOX: 'true' },
      DATABASE_URL: await databases.copy(app),
    });
    const ready = async () => {
      if (this.process?.hasEnded) throw new Error(`The generator has ended:\n${this.process.output}`);
      const answer = await fetch(`${this.environment['GENERATOR_URL']}/health/ready`).catch(() => undefined);
      return answer?.ok ?? false;
    };
    await waitFor('the generator', ready, Boolean, { timeout: 90_000, interval: 100 });
  }

  async call(
    method: string,
    path: string,
    body?: object | string,
    headers: Record<string, string> = {},
    who = 'demo-creator',
  ) {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.oidc.token(who)}`,
        ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const json = (isJson ? JSON.parse(bytes.toString()) : {}) as Json;
    return { status: response.status, headers: response.headers, bytes, json };
  }

  /** What was said on a topic of a tenant, as soon as nothing is waiting to be sent. */
  async said(topic: string, tenant: string): Promise<Json[]> {
    const count = () => this.database.query<{ count: number }[]>('SELECT count(*)::int AS count FROM outbox');
    await waitFor('an empty outbox', count, ([row]) => row?.count === 0);
    const admin = await this.topics.broker.admin();
    try {
      const records = await admin.read(topic);
      return records
        .filter(({ headers }) => String(headers['ce_tenantid']) === tenant)
        .map(({ value }) => JSON.parse(String(value)) as Json);
    } finally {
      await admin.close();
    }
  }

  /** Says `tenant.updated` as lms does. */
  async sayTenants(...ids: string[]): Promise<void> {
    const events = ids.map((id) => {
      const data = { id, name: 'An academy', timeZone: 'UTC', languages: ['en'] };
      const envelope = { id: v7(), source: '/laurel/lms', type: tenantUpdated.type, time: new Date(), tenantId: id };
      const event = encodeEvent({ ...envelope, correlationId: id, data });
      return { topic: 'tenant.updated', key: tenantUpdated.key.from(id, data), ...event };
    });
    await sendRecords(this.topics.broker, events);
  }

  async haveBuiltIns(...tenants: string[]): Promise<void> {
    const find = () =>
      this.database.query<Json[]>('SELECT FROM tenant WHERE tenant_id = ANY($1) AND built_ins IS NOT NULL', [tenants]);
    await waitFor(`the built-in assets of ${tenants.join(', ')}`, find, ({ length }) => length === tenants.length);
  }

  /** While `work` runs, no transaction that wrote this table commits: it fails at its last moment. */
  async refusing(table: string, work: (refused: () => Promise<boolean>) => Promise<void>): Promise<void> {
    // A sequence counts what is rolled back, too.
    await this.database.query('CREATE SEQUENCE refused');
    await this.database.query(`CREATE FUNCTION refuse_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM nextval('refused'); RAISE EXCEPTION 'not now' USING ERRCODE = 'serialization_failure'; END $$`);
    await this.database.query(`CREATE CONSTRAINT TRIGGER refuse_commit AFTER INSERT OR UPDATE ON ${table}
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_commit()`);
    try {
      await work(
        async () => (await this.database.query<Json[]>('SELECT is_called FROM refused'))[0]?.['is_called'] as boolean,
      );
    } finally {
      await this.database.query('DROP FUNCTION refuse_commit CASCADE');
      await this.database.query('DROP SEQUENCE refused');
    }
  }
}

const longest = { slot: 'recipient.name', script: 'Latn', text: 'Anna', characters: 4 };

/** Two at a time, each of other bytes; the second one cannot be rendered, and of a design without a text not even the first one. */
function samplesOf({ from, source }: { from: number; source: string }): Json {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const refusal = { reason: 'does-not-fit', detail: 'It is too wide; give it more room.' };
  const files = (name: string) => ({ files: { pdf: base64(`%PDF ${name}`), png: base64(`PNG ${name}`) } });
  const samples = [
    { name: 'ordinary', isOrdinary: true, ...(source.includes('<text') ? files('ordinary') : { refusal }) },
    { name: 'long', isOrdinary: false, refusal },
    { name: 'arabic', isOrdinary: false, ...files('arabic') },
  ].map((sample) => ({ ...sample, language: 'en', recipient: 'Asha' }));
  return { samples: samples.slice(from, from + 2), ...(from === 0 ? { next: 2 } : {}) };
}

it('every route says in the OpenAPI document what it does, what it answers and who may call it', async () => {
  const { paths } = await createOpenApiDocument(definition);
  const operations = Object.values(paths).flatMap((path) => Object.values(path) as Json[]);
  expect(operations.length).toBeGreaterThan(14);
  for (const operation of operations.filter(({ operationId }) => !/^(Health|Metrics)/.test(String(operationId)))) {
    expect(operation).toMatchObject({ summary: expect.any(String), 'x-access': expect.any(Array) });
    expect(
      Object.keys(operation['responses']).some((status) => /^2/.test(status)),
      operation['summary'],
    ).toBe(true);
  }
});
