import { type Broker, neededTopics, type OutgoingRecord } from '@laurel/messaging';
import { freePort } from '@laurel/embedded';
import pg from 'pg';
import type { Entry, Ledger, LedgerReport } from '../ledger/ledger.ts';
import { ServiceProcess } from '../processes/service-process.ts';
import { sendRecords } from '../records/send-records.ts';
import { createTopics } from '../stack/create-topics.ts';
import { waitFor } from '../waiting/wait-for.ts';
import type { ProofApp } from './proof-databases.ts';
import type { ServiceDatabases } from './service-databases.ts';

export interface ProofChainOptions {
  readonly brokers: readonly string[];
  /** The brokers as the services reach them, where that is another way (a proxy). */
  readonly serviceBrokers?: readonly string[];
  readonly databases: ServiceDatabases<ProofApp>;
  /** Runs what was built, as production does; the sources otherwise. */
  readonly compiled?: boolean;
}

/** A service of the chain, and where it answers. */
export interface ChainService {
  readonly process: ServiceProcess;
  readonly url: string;
}

/** The effects of one service, held against what was sent. */
export interface Settled {
  readonly recorder: LedgerReport;
  readonly counter: LedgerReport;
}

/**
 * The two proof services as real processes: the first records completions and says so, the second counts what the first
 * said. Any number of each, on topics and databases of their own.
 */
export class ProofChain {
  private readonly services: ChainService[] = [];
  private readonly pools: Readonly<Record<ProofApp, pg.Pool>>;

  private constructor(
    readonly broker: Broker,
    /** What stands before the names of the topics on the broker. */
    readonly prefix: string,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly urls: Readonly<Record<ProofApp, string>>,
    private readonly compiled: boolean,
  ) {
    this.pools = {
      'proof-recorder': pool(urls['proof-recorder']),
      'proof-counter': pool(urls['proof-counter']),
    };
  }

  static async prepare(options: ProofChainOptions): Promise<ProofChain> {
    const { broker, prefix } = await createTopics(options.brokers, chainTopics);
    const urls = {
      'proof-recorder': await options.databases.copy('proof-recorder'),
      'proof-counter': await options.databases.copy('proof-counter'),
    };
    const environment = {
      LAUREL_ENV: 'test',
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      KAFKA_BROKERS: (options.serviceBrokers ?? options.brokers).join(','),
      KAFKA_SESSION_TIMEOUT: '6000',
      TOPIC_PREFIX: prefix,
      OIDC_ISSUER: 'http://127.0.0.1:1',
    };
    return new ProofChain(broker, prefix, environment, urls, options.compiled ?? false);
  }

  /** Starts one process. @param crashPoints what it does to itself (`slice.after-commit=kill@2`) */
  async start(app: ProofApp, crashPoints = ''): Promise<ChainService> {
    const port = String(await freePort());
    const environment = { ...this.environment, PORT: port, DATABASE_URL: this.urls[app], CRASH_POINTS: crashPoints };
    const service = {
      process: new ServiceProcess(app, environment, [], this.compiled),
      url: `http://127.0.0.1:${port}`,
    };
    this.services.push(service);
    return service;
  }

  /** Starts one process and waits until it is ready. */
  async ready(app: ProofApp, crashPoints = ''): Promise<ChainService> {
    const service = await this.start(app, crashPoints);
    await this.isReady(service);
    return service;
  }

  /** Waits until a service is ready; one that has ended instead is shown with its last words. */
  async isReady(service: ChainService, timeout = 60_000): Promise<void> {
    const { app, pid } = service.process;
    await waitFor(
      `${app} (${pid}) to be ready`,
      () => health(service),
      ({ isReady }) => isReady,
      { timeout },
    );
  }

  async send(records: readonly OutgoingRecord[]): Promise<void> {
    await sendRecords(this.broker, records);
  }

  /** Runs SQL in the database of a service. */
  async query<Row>(app: ProofApp, sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.pools[app].query(sql, parameters);
    return rows as Row[];
  }

  async recorded(): Promise<number> {
    return (await this.query<{ n: number }>('proof-recorder', 'SELECT count(*)::int AS n FROM recording'))[0]?.n ?? 0;
  }

  async counted(): Promise<number> {
    return (await this.query<{ n: number }>('proof-counter', 'SELECT count(*)::int AS n FROM tally_entry'))[0]?.n ?? 0;
  }

  /**
   * Waits until both services have at least the effects that were sent and nothing waits in their outboxes and groups,
   * then compares: what comes too often has come by then.
   */
  async settled(ledger: Ledger, timeout = 60_000): Promise<Settled> {
    await waitFor(
      `${ledger.total} effects in both services${this.logs()}`,
      async () => ({
        recorded: await this.recorded(),
        counted: await this.counted(),
        waiting: await this.waiting(),
        lag: await this.lag(),
      }),
      ({ recorded, counted, waiting, lag }) =>
        recorded >= ledger.total && counted >= ledger.total && waiting === 0 && lag === 0,
      { timeout, interval: 100 },
    );
    return {
      recorder: ledger.compare(await this.entries('proof-recorder', 'recording')),
      counter: ledger.compare(await this.entries('proof-counter', 'tally_entry')),
    };
  }

  async stop(): Promise<void> {
    await Promise.all(this.services.map(({ process }) => process.stop()));
    await Promise.all(Object.values(this.pools).map((one) => one.end()));
  }

  private async entries(app: ProofApp, table: string): Promise<Entry[]> {
    return this.query<Entry>(
      app,
      `SELECT tenant_id || '/' || enrolment_id AS key, score::int AS sequence FROM ${table} ORDER BY position`,
    );
  }

  /** Rows in both outboxes. */
  async waiting(): Promise<number> {
    const counts = await Promise.all(
      (['proof-recorder', 'proof-counter'] as const).map((app) =>
        this.query<{ n: number }>(app, 'SELECT count(*)::int AS n FROM outbox'),
      ),
    );
    return counts.reduce((sum, rows) => sum + (rows[0]?.n ?? 0), 0);
  }

  private async lag(): Promise<number> {
    const admin = await this.broker.admin();
    try {
      return (
        (await admin.lag('proof-recorder.course.completed', 'course.completed')) +
        (await admin.lag('proof-counter.proof.recorded', 'proof.recorded'))
      );
    } finally {
      await admin.close();
    }
  }

  private logs(): string {
    return this.services
      .map(({ process }) => `\n--- ${process.app} ${process.pid}\n${process.output.slice(-1_500)}`)
      .join('');
  }
}

/** Only what the chain uses: a broker that many tests share would drown in the partitions of all topics. */
const chainTopics = [
  ...neededTopics('proof-recorder', ['course.completed']),
  ...neededTopics('proof-counter', ['proof.recorded']).filter(({ name }) => name !== 'proof.recorded'),
];

/** What a service says of itself; one that does not answer is not ready. */
async function health({ process, url }: ChainService): Promise<{ isReady: boolean; said: string }> {
  try {
    const answer = await fetch(`${url}/health/ready`);
    return { isReady: answer.ok, said: await answer.text() };
  } catch (error) {
    const words = `${process.app} ${process.hasEnded ? 'has ended' : 'does not answer'}:\n${process.output.slice(-2_000)}`;
    throw new Error(words, { cause: error });
  }
}

function pool(url: string): pg.Pool {
  const one = new pg.Pool({ connectionString: url, max: 2 });
  // A test that kills PostgreSQL ends these connections too; the next query takes a new one.
  one.on('error', () => undefined);
  return one;
}
