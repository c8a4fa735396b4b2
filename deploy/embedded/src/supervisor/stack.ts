import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { provideChromium } from '../chromium/provide-chromium.ts';
import { environment } from '../environment.ts';
import { provideKafka } from '../kafka/provide-kafka.ts';
import { startKafka } from '../kafka/start-kafka.ts';
import type { RunningOidc } from '../oidc/running-oidc.ts';
import { startOidc } from '../oidc/start-oidc.ts';
import { Ports } from '../ports/ports.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import { appCommand } from './app-command.ts';
import { createDatabases } from './create-databases.ts';
import { keyFile } from './key-file.ts';
import { Keeper } from './keeper.ts';
import type { Part } from './part.ts';
import type { Progress } from './progress.ts';
import { realParts } from './real-parts.ts';
import { runJob } from './run-job.ts';
import { Secrets } from './secrets.ts';
import type { Service } from './service.ts';
import { serviceSettings, type Surroundings } from './service-settings.ts';
import { services } from './services.ts';
import { startService } from './start-service.ts';
import { stopLeftovers } from './stop-leftovers.ts';

const HOST = '127.0.0.1';

/** The URL of a database for one of its roles. */
type DatabaseUrl = (name: string, role: string) => string;

/** The whole of what `npm start` brings up, in the order in which one needs the other. */
export class Stack {
  /** What people and programs need to find their way: name and value. */
  readonly addresses: [string, string][] = [];
  /** Where each service answers. */
  readonly services = new Map<string, string>();
  /** What the demo needs to play its parts; undefined where a foreign issuer knows its clients. */
  machines: RunningOidc['clients'] | undefined;
  issuer = '';
  brokers = '';
  /** Where the receiver of the demo listens. */
  receiverPort = 0;

  private readonly data: string;
  private readonly cache: string;
  private readonly progress: Progress;
  private readonly ports: Ports;
  private readonly secrets: Secrets;
  private readonly infrastructure: Keeper[] = [];
  private readonly kept: Keeper[] = [];
  private stopping = false;

  /** `data` is to be locked by the caller. */
  constructor(data: string, cache: string, progress: Progress) {
    this.data = data;
    this.cache = cache;
    this.progress = progress;
    for (const folder of [data, cache, join(data, 'logs'), join(data, 'run')])
      mkdirSync(folder, { recursive: true, mode: 0o711 });
    this.ports = new Ports(join(data, 'ports.json'));
    this.secrets = new Secrets(join(data, 'secrets.json'));
  }

  /** Brings everything up; rejects with the Failure of the first step that does not work. What had begun then still runs. */
  async start(): Promise<void> {
    const left = await stopLeftovers(this.data, 'all');
    if (left.length > 0)
      this.progress.line(`         stopped what an earlier start had left running: ${left.join(', ')}`);
    // Three roads at once, each in its order: two cores have the time that a single one would spend on waiting.
    const [database, brokers, issuer] = await Promise.all([
      this.postgres().then((found) => this.migrations(found)),
      this.kafka().then((found) => this.topics(found)),
      this.oidc().then(async (found) => ({ issuer: found, browserPath: await this.chromium() })),
    ]);
    const { issuer: login, browserPath } = issuer;
    this.issuer = login;
    this.brokers = brokers;
    await this.startServices({ database, brokers, issuer: login, browserPath });
    this.addresses.push(
      ['PostgreSQL', `${new URL(database('lms', 'lms')).host}, passwords in ${join(this.data, 'secrets.json')}`],
      ['Kafka', brokers],
      ['Login', login],
      ...this.services,
    );
    if (environment().settings.OIDC_ISSUER === undefined) {
      const file = join(this.data, 'oidc', 'oidc.json');
      this.addresses.push(['Clients', `${file}: <tenant>-<role> with their secrets, for client credentials`]);
    }
  }

  /** Ends everything, services before what they depend on, in under ten seconds. Works in the middle of a start too. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.kept.map((keeper) => keeper.stop()));
    // Those that were still coming up.
    await stopLeftovers(this.data, 'services');
    await Promise.all(this.infrastructure.map((keeper) => keeper.stop()));
    await stopLeftovers(this.data, 'all');
  }

  private async keep<T extends Part>(name: string, list: Keeper[], start: (again: boolean) => Promise<T>): Promise<T> {
    let first: T | undefined;
    const keeper = new Keeper(
      name,
      async (again) => {
        const part = await start(again);
        first ??= part;
        return part;
      },
      (line) => this.progress.line(line),
    );
    if (this.stopping) throw new Error(`${name} is not started any more.`);
    list.push(keeper);
    await keeper.begin();
    // Stopped while this step waited: the list had been gone through already.
    if (this.stopping) await keeper.stop();
    return first as T;
  }

  private async postgres(): Promise<DatabaseUrl> {
    const { DATABASE_URL } = environment().settings;
    const withRole = (url: string) => (name: string, role: string) => {
      const own = new URL(url);
      own.username = role;
      own.password = this.secrets.of(`role ${role}`);
      own.pathname = `/${name}`;
      return own.href;
    };
    const admin = await this.progress.step(
      'PostgreSQL',
      async (report) => {
        if (DATABASE_URL !== undefined) return realParts.postgres(DATABASE_URL);
        const port = await this.ports.take('postgres');
        const password = this.secrets.of('postgres superuser');
        const folder = join(this.data, 'postgres');
        return (
          await this.keep('postgres', this.infrastructure, () => startPostgres({ folder, port, password, report }))
        ).url();
      },
      (url) => new URL(url).host,
    );
    await this.progress.step('databases and roles', () =>
      createDatabases(admin, this.secrets, DATABASE_URL === undefined),
    );
    return withRole(admin);
  }

  private async kafka(): Promise<string> {
    const { KAFKA_BROKERS } = environment().settings;
    const brokers = await this.progress.step(
      'Kafka',
      async (report) => {
        if (KAFKA_BROKERS !== undefined) return realParts.kafka(KAFKA_BROKERS);
        const distribution = await provideKafka(this.cache, report);
        const [port, controllerPort] = [await this.ports.take('kafka'), await this.ports.take('kafka-controller')];
        const folder = join(this.data, 'kafka');
        return (
          await this.keep('kafka', this.infrastructure, () =>
            startKafka({ distribution, folder, port, controllerPort, report }),
          )
        ).brokers;
      },
      String,
    );
    return brokers;
  }

  private async oidc(): Promise<string> {
    const { OIDC_ISSUER } = environment().settings;
    const issuer = await this.progress.step(
      'OIDC server',
      async (report) => {
        if (OIDC_ISSUER !== undefined) return realParts.oidc(OIDC_ISSUER);
        const port = await this.ports.take('oidc');
        const folder = join(this.data, 'oidc');
        const running = await this.keep('oidc', this.infrastructure, () => startOidc({ folder, port, report }));
        this.machines = running.clients;
        return running.issuer;
      },
      String,
    );
    return issuer;
  }

  private async chromium(): Promise<string> {
    return this.progress.step('headless Chromium', (report) => provideChromium(this.cache, report), String);
  }

  private async topics(brokers: string): Promise<string> {
    await this.progress.step('topics', () =>
      runJob({
        what: 'Creating the topics',
        args: appCommand('libs/service-kit', 'commands/topics'),
        env: { KAFKA_BROKERS: brokers, LAUREL_ENV: 'embedded' },
        logFile: join(this.data, 'logs', 'topics.log'),
        fix: 'A topic that has other settings than its contract is named above: change it as said there, or start empty with `npm run reset`.',
      }),
    );
    return brokers;
  }

  private async migrations(database: DatabaseUrl): Promise<DatabaseUrl> {
    await this.progress.step('migrations', async () => {
      const migrate = async (service: Service) =>
        runJob({
          what: `Migrating the database ${service.database} (${service.name})`,
          args: [...appCommand(`apps/${service.name}`, 'main'), 'migrate'],
          env: { LAUREL_ENV: 'embedded', DATABASE_URL: database(service.database, service.role) },
          logFile: this.log(service),
          fix: 'A migration that fails has changed nothing: mend it and start again, or start empty with `npm run reset`.',
        });
      await Promise.all(services.filter(({ migrates }) => migrates).map(migrate));
    });
    return database;
  }

  private log(service: Service): string {
    return join(this.data, 'logs', `${service.name}.log`);
  }

  private async startServices(at: {
    database: DatabaseUrl;
    brokers: string;
    issuer: string;
    browserPath: string;
  }): Promise<void> {
    // All of them before the first service starts: some are told where others will be.
    for (const { name } of services) this.services.set(name, `http://${HOST}:${await this.ports.take(name)}`);
    this.receiverPort = await this.ports.take('demo-receiver');
    const surroundings = this.surroundings(at.browserPath);
    this.progress.line('         the browser runs without its sandbox: it prints templates from this machine only');
    await Promise.all(
      services.map((service) =>
        this.progress.step(service.name, async () => {
          const address = this.address(service.name);
          const env = {
            LAUREL_ENV: 'embedded',
            LOG_LEVEL: environment().settings.LOG_LEVEL,
            HOST,
            PORT: new URL(address).port,
            DATABASE_URL: at.database(service.database, service.role),
            KAFKA_BROKERS: at.brokers,
            OIDC_ISSUER: at.issuer,
            ...Object.assign({}, ...(service.settings ?? []).map((setting) => serviceSettings(setting, surroundings))),
          } as Record<string, string>;
          const args = appCommand(`apps/${service.name}`, 'main');
          const recordFile = join(this.data, 'run', `${service.name}.json`);
          await this.keep(service.name, this.kept, (again) =>
            startService({ name: service.name, args, env, address, logFile: this.log(service), recordFile, again }),
          );
        }),
      ),
    );
  }

  private surroundings(browserPath: string): Surroundings {
    const { OBJECT_STORE_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = environment().settings;
    const given =
      OIDC_CLIENT_ID !== undefined && OIDC_CLIENT_SECRET !== undefined
        ? { id: OIDC_CLIENT_ID, secret: OIDC_CLIENT_SECRET }
        : undefined;
    return {
      objects: OBJECT_STORE_URL ?? pathToFileURL(join(this.data, 'objects')).href,
      publicUrl: this.address('certificate-registry'),
      generatorUrl: this.address('certificate-generator'),
      masterKeyFile: keyFile(join(this.data, 'keys', 'master.key')),
      secretsKeyFile: keyFile(join(this.data, 'keys', 'webhook-secrets.key')),
      browserPath,
      receiver: `${HOST}:${this.receiverPort}`,
      client: this.machines?.find(({ audience }) => audience === 'laurel-internal') ?? given,
    };
  }

  /** Where a service of the table answers. */
  address(service: string): string {
    const address = this.services.get(service);
    if (address === undefined) throw new Error(`There is no service ${service}.`);
    return address;
  }
}
