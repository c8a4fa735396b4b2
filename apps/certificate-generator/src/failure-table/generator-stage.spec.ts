import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CertificateRow } from '@laurel/certificates';
import {
  type CertificateRequested,
  certificateRequested,
  encodeEvent,
  occasionKey,
  parseRecord,
} from '@laurel/contracts';
import { type Broker, neededTopics, type OutgoingRecord } from '@laurel/messaging';
import { createDataSource, type Transaction, UnitOfWork } from '@laurel/persistence';
import { builtInTemplates } from '@laurel/rendering';
import {
  createTopics,
  freePort,
  provideBrowser,
  sendRecords,
  ServiceDatabases,
  ServiceProcess,
  waitFor,
} from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';

type Request = CertificateRequested['data'];
type Servers = { brokers: readonly string[]; postgresUrl: string };

/** An event as the broker has it. */
export interface Said {
  readonly headers: Record<string, string>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a test reads back is asserted in the next line
  readonly data: Record<string, any>;
}

interface Started {
  readonly process: ServiceProcess;
  readonly url: string;
  readonly isReady: () => Promise<void>;
}

const app = 'certificate-generator';
const lanes = ['certificate.requested', 'certificate.requested.bulk'] as const;
const [classic] = builtInTemplates;
const template = Buffer.from(classic?.source ?? '');
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

/** Generators as processes of their own, on topics, a database and objects of their own, with an issuer and a template. */
export class GeneratorStage {
  static readonly tenantId = 'demo';
  readonly issuerId = v7();
  readonly did = `did:web:certificates.example:issuers:${this.issuerId}`;
  private readonly processes: ServiceProcess[] = [];
  private readonly database: DataSource;

  private constructor(
    private readonly broker: Broker,
    private readonly folder: string,
    private readonly environment: Record<string, string>,
  ) {
    const log = { warn: () => undefined };
    const url = environment['DATABASE_URL'] ?? '';
    this.database = createDataSource({ url, applicationName: 'test', poolSize: 2, log });
  }

  static async open({ brokers, postgresUrl }: Servers): Promise<GeneratorStage> {
    const [databases, { broker, prefix }, browserPath] = await Promise.all([
      ServiceDatabases.prepare(postgresUrl, [app]),
      // Only what it uses: a broker that many tests share would drown in the partitions of all topics.
      createTopics(brokers, neededTopics(app, lanes)),
      provideBrowser(),
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'laurel-generators-'));
    mkdirSync(join(folder, 'objects'));
    const masterKeyFile = join(folder, 'master.key');
    writeFileSync(masterKeyFile, randomBytes(32), { mode: 0o600 });
    const stage = new GeneratorStage(broker, folder, {
      ...{ LAUREL_ENV: 'test', LOG_LEVEL: 'warn', HOST: '127.0.0.1', OIDC_ISSUER: 'http://127.0.0.1:1' },
      ...{ KAFKA_BROKERS: brokers.join(','), KAFKA_SESSION_TIMEOUT: '6000', TOPIC_PREFIX: prefix },
      ...{ PUBLIC_URL: 'https://certificates.example', OBJECT_STORE_URL: pathToFileURL(join(folder, 'objects')).href },
      ...{ MASTER_KEY_FILE: masterKeyFile, BROWSER_PATH: browserPath, BROWSER_NO_SANDBOX: 'true' },
      DATABASE_URL: await databases.copy(app),
    });
    await stage.database.initialize();
    await stage.query('INSERT INTO issuer (id, tenant_id, name, url, did) VALUES ($1, $2, $3, $4, $5)', [
      ...[stage.issuerId, GeneratorStage.tenantId, 'Acme & Söhne', 'https://academy.example', stage.did],
    ]);
    stage.keep(template);
    return stage;
  }

  /** Keeps the source of an SVG template as asset-store does. */
  keep(source: Buffer): Request['template'] {
    const hash = sha256(source);
    const file = this.objectFile(`assets/${GeneratorStage.tenantId}/${hash}.svg`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
    return { id: 'classic', version: 1, sha256: hash, mediaType: 'image/svg+xml' };
  }

  /** Starts one process. @param crashPoints what it does to itself @param more settings of its own */
  async start(crashPoints = '', more: Record<string, string> = {}): Promise<Started> {
    const port = String(await freePort());
    const own = { ...this.environment, PORT: port, CRASH_POINTS: crashPoints, ...more };
    const process = new ServiceProcess(app, own);
    const url = `http://127.0.0.1:${port}`;
    this.processes.push(process);
    const isReady = async () => {
      const look = async () => {
        if (process.hasEnded) throw new Error(`It has ended:\n${process.output.slice(-3_000)}`);
        const answer = await fetch(`${url}/health/ready`);
        return { isOk: answer.ok, said: await answer.text() };
      };
      await waitFor('the generator to be ready', look, ({ isOk }) => isOk, { timeout: 90_000, interval: 100 });
    };
    return { process, url, isReady };
  }

  /** A request for a learner's certificate of one course, complete. */
  request(learnerId: string, change: Partial<Request> = {}): Request {
    return {
      requestId: v7(),
      credentialType: { id: 'course-completion', version: 1 },
      occasion: { batchId: 'rust-101', awardId: 'a-1', learnerId },
      issue: { kind: 'first' },
      recipient: { learnerId, name: `Learner ${learnerId}`, email: `${learnerId}@example.org` },
      claims: { courseTitle: 'Rust', completedAt: '2026-02-28T20:00:00Z', score: '87.5' },
      award: { id: 'a-1', version: 1 },
      template: { id: 'classic', version: 1, sha256: sha256(template), mediaType: 'image/svg+xml' },
      timeZone: 'Asia/Kolkata',
      issuerId: this.issuerId,
      decidedAt: '2026-03-01T12:00:01Z',
      ...change,
    };
  }

  async send(requests: readonly Request[], topic: (typeof lanes)[number] = 'certificate.requested'): Promise<void> {
    await sendRecords(
      this.broker,
      requests.map((data) => recordOf(data, topic)),
    );
  }

  /** What the events of a topic say, once there are so many. */
  async said(topic: string, count: number): Promise<Said[]> {
    const admin = await this.broker.admin();
    const enough = ({ length }: { length: number }) => length >= count;
    try {
      const records = await this.patiently(`${count} records of ${topic}`, () => admin.read(topic), enough);
      return records.map(({ value, headers }) => ({
        headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])),
        data: JSON.parse(String(value)) as Said['data'],
      }));
    } finally {
      await admin.close();
    }
  }

  /** Waits until every request of both lanes is handled and everything is said. */
  async settled(): Promise<void> {
    const admin = await this.broker.admin();
    const look = async () => [
      await admin.lag(`${app}.${lanes[0]}`, lanes[0]),
      await admin.lag(`${app}.${lanes[1]}`, lanes[1]),
      (await this.query('SELECT FROM outbox LIMIT 1')).length,
    ];
    try {
      await this.patiently('both lanes to be done', look, (left) => left.every((one) => one === 0));
    } finally {
      await admin.close();
    }
  }

  /** The browsers of a process: each leads a group, to which all that belongs to it belongs. */
  browsersOf({ process: { pid } }: Started): number[] {
    const groups = readdirSync('/proc').filter((name) => {
      if (!/^\d+$/.test(name)) return false;
      try {
        const [state, parent, group] = readFileSync(`/proc/${name}/stat`, 'latin1')
          .replace(/^.*\) /, '')
          .split(' ');
        return Number(parent) === pid && group === name && state !== 'Z';
      } catch (error) {
        // It ended while we looked.
        if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
        throw error;
      }
    });
    return groups.map(Number);
  }

  /** Does something to the rows in a transaction, as the registry does. */
  async inTransaction(work: (transaction: Transaction) => Promise<unknown>): Promise<void> {
    await new UnitOfWork(this.database).run(work);
  }

  /** The file of the browser that its processes start. */
  get browserPath(): string {
    return this.environment['BROWSER_PATH'] ?? '';
  }

  rows(order: 'number' | 'issue_number' = 'number'): Promise<CertificateRow[]> {
    return this.query<CertificateRow>(`SELECT * FROM certificate ORDER BY ${order}`);
  }

  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.database.query<Row[]>(sql, parameters);
  }

  objectFile(name: string): string {
    return join(this.folder, 'objects', name);
  }

  /** Waits long, and shows the last words of every process when it was in vain. */
  async patiently<Seen>(what: string, look: () => Promise<Seen>, isWanted: (seen: Seen) => boolean): Promise<Seen> {
    try {
      return await waitFor(what, look, isWanted, { timeout: 90_000, interval: 200 });
    } catch (cause) {
      const logs = this.processes.map(({ pid, output }) => `\n--- ${pid}\n${output.slice(-2_000)}`);
      throw new Error(`${String(cause)}${logs.join('')}`, { cause });
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    await this.database.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function recordOf(data: Request, topic: string): OutgoingRecord {
  const { tenantId } = GeneratorStage;
  const { headers, value } = encodeEvent({
    ...{ id: v7(), source: '/test', type: certificateRequested.type, time: new Date(), tenantId },
    correlationId: `correlation-${data.recipient.learnerId}`,
    data,
  });
  return { topic, key: occasionKey(tenantId, data.credentialType.id, data.occasion), value, headers };
}

test('the requests of these tests are what the contract asks for', () => {
  const [data] = certificateRequested.examples;
  if (!data) throw new Error('The contract has no example');
  const { topic, headers, key, value } = recordOf(data, lanes[0]);
  const bytes = (text: unknown) => Buffer.from(String(text));
  const parsed = parseRecord({
    ...{ topic, partition: 0, offset: '0', timestamp: String(Date.now()), key: bytes(key), value: bytes(value) },
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, bytes(text)])),
  });
  expect(parsed).toMatchObject({ kind: 'event', event: { tenantId: GeneratorStage.tenantId, data } });
});
