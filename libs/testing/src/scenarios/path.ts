import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { topicList } from '@laurel/contracts';
import {
  DemoApi,
  DemoReceiver,
  freePort,
  keyFile,
  provideChromium,
  type RunningOidc,
  startOidc,
} from '@laurel/embedded';
import type { Broker, OutgoingRecord } from '@laurel/messaging';
import pg from 'pg';
import { ServiceProcess } from '../processes/service-process.ts';
import { sendRecords } from '../records/send-records.ts';
import { createTopics } from '../stack/create-topics.ts';
import { waitFor } from '../waiting/wait-for.ts';
import type { PathDatabases, PathOwner } from './path-databases.ts';
import { registryRole } from './registry-role.ts';

/** Every service of the path. */
export type PathApp = PathOwner | 'certificate-registry';

export interface PathOptions {
  readonly brokers: readonly string[];
  /** The brokers as the services reach them, where that is another way (a proxy). */
  readonly serviceBrokers?: readonly string[];
  readonly databases: PathDatabases;
  /** Runs what was built, as production does; the sources otherwise. */
  readonly compiled?: boolean;
}

/** One process of a service, and where it answers. */
export interface PathService {
  readonly process: ServiceProcess;
  readonly url: string;
}

/** Downloads are kept where `npm start` keeps them. */
const cache = fileURLToPath(new URL('../../../../.laurel/cache', import.meta.url));

/**
 * The six services as real processes, any number of each, on topics, databases, objects and an OIDC server of their own.
 * Tests speak to them as the world does: over HTTP, Kafka and webhooks.
 */
export class Path {
  /** The public interfaces, with the machine clients of the tenants `demo` and `demo-two`. */
  readonly api: DemoApi;
  private readonly services: (PathService & { readonly app: PathApp })[] = [];
  private readonly pools = new Map<PathOwner, pg.Pool>();

  private constructor(
    readonly broker: Broker,
    /** What stands before the names of topics and groups on the broker. */
    readonly prefix: string,
    /** The receiver of webhooks; trusts a secret once a test gives it one. */
    readonly receiver: DemoReceiver,
    private readonly oidc: RunningOidc,
    private readonly folder: string,
    private readonly urls: Readonly<Record<PathOwner, string>>,
    private readonly ports: Readonly<Record<PathApp, number>>,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly own: Readonly<Record<PathApp, Record<string, string>>>,
    private readonly compiled: boolean,
  ) {
    this.api = new DemoApi((service) => this.url(service as PathApp), oidc.issuer, oidc.clients);
  }

  static async prepare(options: PathOptions): Promise<Path> {
    const folder = mkdtempSync(join(tmpdir(), 'laurel-path-'));
    const [{ broker, prefix }, oidc, browserPath, receiver] = await Promise.all([
      createTopics(
        options.brokers,
        topicList().filter(({ proof }) => !proof),
      ),
      freePort().then((port) => startOidc({ folder: join(folder, 'oidc'), port })),
      provideChromium(cache, () => undefined),
      freePort().then((port) => DemoReceiver.start(port)),
    ]);
    const owners = ['lms', 'asset-store', 'rule-evaluator', 'certificate-generator', 'webhook-dispatcher'] as const;
    const copies: [PathOwner, string][] = [];
    for (const owner of owners) copies.push([owner, await options.databases.copy(owner)]);
    const ports: [PathApp, number][] = [];
    for (const app of [...owners, 'certificate-registry' as const]) ports.push([app, await freePort()]);
    const portOf = Object.fromEntries(ports) as Record<PathApp, number>;
    const objects = join(folder, 'objects');
    mkdirSync(objects, { recursive: true });
    const store = { OBJECT_STORE_URL: pathToFileURL(objects).href };
    const publicUrl = {
      PUBLIC_URL: `http://127.0.0.1:${portOf['certificate-registry']}`,
      // All callers have the loopback's address.
      PUBLIC_READS_PER_MINUTE: '1000000',
      PUBLIC_CHECKS_PER_MINUTE: '1000000',
    };
    const client = oidc.clients.find(({ audience }) => audience === 'laurel-internal');
    const generator = {
      GENERATOR_URL: `http://127.0.0.1:${portOf['certificate-generator']}`,
      OIDC_CLIENT_ID: client?.id ?? '',
      OIDC_CLIENT_SECRET: client?.secret ?? '',
    };
    return new Path(
      broker,
      prefix,
      receiver,
      oidc,
      folder,
      Object.fromEntries(copies) as Record<PathOwner, string>,
      portOf,
      {
        LAUREL_ENV: 'test',
        LOG_LEVEL: 'warn',
        HOST: '127.0.0.1',
        KAFKA_BROKERS: (options.serviceBrokers ?? options.brokers).join(','),
        KAFKA_SESSION_TIMEOUT: '6000',
        TOPIC_PREFIX: prefix,
        OIDC_ISSUER: oidc.issuer,
      },
      {
        lms: generator,
        'rule-evaluator': {},
        'asset-store': { ...store, ...generator },
        'certificate-generator': {
          ...store,
          ...publicUrl,
          MASTER_KEY_FILE: keyFile(join(folder, 'master.key')),
          BROWSER_PATH: browserPath,
          BROWSER_NO_SANDBOX: 'true',
        },
        'certificate-registry': { ...store, ...publicUrl, ...generator },
        'webhook-dispatcher': {
          SECRETS_KEY_FILE: keyFile(join(folder, 'secrets.key')),
          OUTBOUND_ALLOW: `127.0.0.1:${receiver.port}`,
        },
      },
      options.compiled ?? false,
    );
  }

  /** Where the first process of a service answers. */
  url(app: PathApp): string {
    return `http://127.0.0.1:${this.ports[app]}`;
  }

  /**
   * Starts one process; the first of a service takes its known port.
   *
   * @param crashPoints what it does to itself
   * @param more variables besides, for Node itself
   */
  async start(app: PathApp, crashPoints = '', more: Readonly<Record<string, string>> = {}): Promise<PathService> {
    const isFirst = !this.services.some((one) => one.app === app && !one.process.hasEnded);
    const port = isFirst ? this.ports[app] : await freePort();
    const owner = app === 'certificate-registry' ? 'certificate-generator' : app;
    const url = new URL(this.urls[owner]);
    if (app === 'certificate-registry') {
      url.username = registryRole.name;
      url.password = registryRole.password;
    }
    const environment = {
      ...this.environment,
      ...this.own[app],
      PORT: String(port),
      DATABASE_URL: url.href,
      CRASH_POINTS: crashPoints,
      ...more,
    };
    const service = {
      app,
      process: new ServiceProcess(app, environment, [], this.compiled),
      url: `http://127.0.0.1:${port}`,
    };
    this.services.push(service);
    return service;
  }

  /** Starts one process and waits until it is ready. */
  async ready(app: PathApp, crashPoints = '', more: Readonly<Record<string, string>> = {}): Promise<PathService> {
    const service = await this.start(app, crashPoints, more);
    await this.isReady(service);
    return service;
  }

  /** One process of each service (or of those given), all ready. */
  async allReady(
    apps: readonly PathApp[] = [
      'lms',
      'asset-store',
      'rule-evaluator',
      'certificate-generator',
      'certificate-registry',
      'webhook-dispatcher',
    ],
  ): Promise<void> {
    const started: PathService[] = [];
    for (const app of apps) started.push(await this.start(app));
    await Promise.all(started.map((service) => this.isReady(service)));
  }

  /** Waits until a service is ready; one that has ended instead is shown with its last words. */
  async isReady({ process, url }: PathService, timeout = 90_000): Promise<void> {
    await waitFor(
      `${process.app} (${process.pid}) to be ready`,
      async () => {
        if (process.hasEnded) throw new Error(`${process.app} has ended:\n${process.output.slice(-3_000)}`);
        const answer = await fetch(`${url}/health/ready`);
        return { isReady: answer.ok, said: await answer.text() };
      },
      ({ isReady }) => isReady,
      { timeout },
    );
  }

  async send(records: readonly OutgoingRecord[]): Promise<void> {
    await sendRecords(this.broker, records);
  }

  /** Runs SQL in the database of a service, as its administrator. */
  async query<Row>(owner: PathOwner, sql: string, parameters: unknown[] = []): Promise<Row[]> {
    let pool = this.pools.get(owner);
    if (pool === undefined) {
      pool = new pg.Pool({ connectionString: this.urls[owner], max: 2 });
      // A test that kills PostgreSQL ends these connections too; the next query takes a new one.
      pool.on('error', () => undefined);
      this.pools.set(owner, pool);
    }
    return (await pool.query(sql, parameters)).rows as Row[];
  }

  /** The file of an object. */
  objectFile(name: string): string {
    return join(this.folder, 'objects', name);
  }

  /** A short name that no other test has, for batches and the like. */
  unique(label: string): string {
    return `${label}-${randomBytes(3).toString('hex')}`;
  }

  /** The last words of every process, for the message of a failure. */
  logs(): string {
    return this.services
      .map(({ process }) => `\n--- ${process.app} ${process.pid}\n${process.output.slice(-1_500)}`)
      .join('');
  }

  async stop(): Promise<void> {
    await Promise.all(this.services.map(({ process }) => process.stop()));
    await Promise.all([...this.pools.values()].map((pool) => pool.end()));
    await Promise.all([this.oidc.stop(), this.receiver.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
