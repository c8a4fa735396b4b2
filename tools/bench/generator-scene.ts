import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CertificateIssued, parseRecord } from '@laurel/contracts';
import { Path, pathDatabases, type Servers, waitFor } from '@laurel/testing';
import type { BrokerConsumer } from '@laurel/messaging';
import type { GeneratorLoad, GeneratorRequest } from './generator-load.ts';

/** A broker, a database, objects, and somebody who hears what is issued; the generators come on top. */
export class GeneratorScene {
  /** When the certificate of a learner was heard to be issued. */
  readonly issued = new Map<string, number>();

  private constructor(
    readonly path: Path,
    private readonly listener: BrokerConsumer,
  ) {}

  static async open(servers: Servers, compiled: boolean): Promise<GeneratorScene> {
    const path = await Path.prepare({
      brokers: [servers.kafka.brokers],
      databases: await pathDatabases(servers.postgres.url()),
      compiled,
    });
    const listener = path.broker.consumer({
      group: 'bench.generator',
      topics: ['certificate.issued'],
      concurrency: 12,
      onTick: () => undefined,
      onEnd: (error) => {
        throw error;
      },
      async onFetched({ records, resolve }) {
        const at = Date.now();
        for (const record of records) {
          const parsed = parseRecord(record);
          if (parsed.kind === 'event') issued.set((parsed.event as CertificateIssued).data.recipient.learnerId, at);
          resolve(record);
        }
      },
    });
    const scene = new GeneratorScene(path, listener);
    const { issued } = scene;
    await listener.start();
    return scene;
  }

  /** Makes the issuers and keeps the templates of a load, as registry and asset-store do. */
  async furnish({ templates }: GeneratorLoad): Promise<void> {
    for (const { tenantId, issuerId, name, source } of templates) {
      await this.path.query(
        'certificate-generator',
        `INSERT INTO issuer (id, tenant_id, name, url, did) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [issuerId, tenantId, `Academy ${tenantId}`, 'https://academy.example', `did:web:bench.example:${issuerId}`],
      );
      const ending = name.mediaType === 'text/html' ? 'html' : 'svg';
      const file = this.path.objectFile(`assets/${tenantId}/${name.sha256}.${ending}`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, source);
    }
  }

  /** @returns when they were sent, and the learners to wait for */
  async send(requests: readonly GeneratorRequest[]): Promise<number> {
    const at = Date.now();
    await this.path.send(requests.map(({ record }) => record));
    return at;
  }

  async arrived(requests: readonly GeneratorRequest[], seconds: number): Promise<void> {
    const look = () => requests.filter(({ learnerId }) => this.issued.has(learnerId)).length;
    try {
      await waitFor(`${requests.length} certificates`, look, (count) => count === requests.length, {
        timeout: seconds * 1_000,
        interval: 20,
      });
    } catch (cause) {
      throw new Error(`${String(cause)}${this.path.logs()}`, { cause });
    }
  }

  /** Sends requests one by one, and gives the milliseconds from each to its certificate. */
  async single([request]: readonly GeneratorRequest[]): Promise<number> {
    if (!request) throw new Error('A single request is missing');
    const sent = await this.send([request]);
    await this.arrived([request], 60);
    return (this.issued.get(request.learnerId) ?? Infinity) - sent;
  }

  async stop(): Promise<void> {
    await this.listener.stop();
    await this.path.stop();
  }
}
