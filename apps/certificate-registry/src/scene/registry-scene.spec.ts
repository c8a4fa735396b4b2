import { createHash, type JsonWebKey, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addMissingKeys,
  allocateCertificates,
  type CertificateRow,
  findIssuers,
  type IssuedCertificate,
  type MadeCertificate,
  resolveIssueNumbers,
  settleCertificates,
  statusListAddress,
} from '@laurel/certificates';
import { assertStrict, type CertificateRequested, certificateRequested, stableUuid } from '@laurel/contracts';
import { buildCredential, type CredentialInput, signCredential } from '@laurel/credentials';
import { type Broker, neededTopics } from '@laurel/messaging';
import { openObjectStore, type ObjectStore } from '@laurel/object-store';
import { createDataSource, migrate, UnitOfWork } from '@laurel/persistence';
import { createService, type Service } from '@laurel/service-kit';
import {
  createDatabase,
  createTopics,
  freePort,
  registryRole,
  startTokens,
  type Tokens,
  waitFor,
} from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { expect, it } from 'vitest';
import { AppModule } from '../app.module.ts';
import { settings } from '../config.ts';
import { migrations } from '../migrations/index.ts';
import { SceneKeys } from './scene-keys.spec.ts';

// Only these: to make all topics of the contracts costs a broker seconds.
const heard = ['credential-type.published', 'template.published', 'tenant.updated'];
const needed = neededTopics('certificate-registry', heard);

/** Whatever an answer or an event may hold, of which a test looks at some members. */
type Json = Requested &
  Record<'id' | 'did' | 'state' | 'type' | 'detail' | 'name' | 'certificateId' | 'verdict', string> & {
    version: number;
    next?: string;
    items: Json[];
    errors: { pointer: string; code: string }[];
    history: { version: number; state: string; actor: string }[];
    keys: { kid: string }[];
    verificationMethod: { id: string; publicKeyJwk: JsonWebKey }[];
    assertionMethod: string[];
    reasons: { code: string; message: string }[];
    certificate: Json;
    supersededBy: { verify: string; number: string };
  };
type Answer = { status: number; headers: Headers; text: string; json: Json };
type Requested = CertificateRequested['data'];

export const pdfOf = (number: string) =>
  Buffer.from(`%PDF-1.7\n% ${number} ${randomBytes(8).toString('hex')}\n%%EOF\n`);

/**
 * The registry as it runs in production: real PostgreSQL under its restricted role, real broker, real tokens, a real object
 * store. What the generator does is done by its own library, with real signatures.
 */
export class RegistryScene {
  readonly keys = new SceneKeys();
  private constructor(
    readonly url: string,
    readonly owner: DataSource,
    readonly unitOfWork: UnitOfWork,
    readonly objects: ObjectStore,
    readonly broker: Broker,
    private readonly tokens: Tokens,
    private readonly folder: string,
    private readonly service: Service,
    readonly log: string[],
  ) {}

  static async open(stack: { brokers: string[]; postgresUrl: string }, generator?: string, more = {}, definition = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'laurel-registry-'));
    const [databaseUrl, topics, tokens, port] = await Promise.all([
      createDatabase(stack.postgresUrl, 'registry'),
      // A busy broker may not know yet who leads a partition that it has just made.
      waitFor('topics', () => createTopics(stack.brokers, needed), Boolean),
      startTokens(),
      freePort(),
    ]);
    const owner = createDataSource({
      url: databaseUrl,
      applicationName: 'owner',
      migrations: [...migrations],
      poolSize: 20,
      log: { warn: () => undefined },
    });
    await owner.initialize();
    // Another test may make the role at this moment.
    await owner.query(`DO $$ BEGIN CREATE ROLE ${registryRole.name} LOGIN PASSWORD '${registryRole.password}';
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`);
    await migrate(owner);
    // The relay deletes what it has sent; a test looks at what was ever said.
    await owner.query('CREATE TABLE said (LIKE outbox)');
    await owner.query(`CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
      'BEGIN INSERT INTO said SELECT NEW.*; RETURN NEW; END'`);
    await owner.query('CREATE TRIGGER note AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION note()');
    const url = `http://127.0.0.1:${port}`;
    const guest = new URL(databaseUrl);
    guest.username = registryRole.name;
    guest.password = registryRole.password;
    const log: string[] = [];
    const service = await createService(
      { name: 'certificate-registry', settings, database: { migrations }, module: AppModule, ...definition },
      {
        LAUREL_ENV: 'test',
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'warn',
        DATABASE_URL: guest.href,
        DATABASE_POOL_SIZE: '16',
        KAFKA_BROKERS: stack.brokers.join(','),
        TOPIC_PREFIX: topics.prefix,
        ...tokens.settings,
        ...{ PUBLIC_URL: url, GENERATOR_URL: generator ?? 'http://127.0.0.1:9', ...more },
        OBJECT_STORE_URL: `file://${folder}/objects`,
      },
      { logDestination: { write: (line) => void log.push(line) } },
    );
    await service.start();
    const objects = openObjectStore(`file://${folder}/objects`);
    const unitOfWork = new UnitOfWork(owner);
    return new RegistryScene(url, owner, unitOfWork, objects, topics.broker, tokens, folder, service, log);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await Promise.all([this.owner.destroy(), this.tokens.stop()]);
    this.objects.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Calls a public route, or any with the token of a role: `call('POST /v1/issuers', { as: 'demo admin', body })`. */
  async call(
    route: string,
    { as, body, headers = {} }: { as?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const [method = 'GET', path = '/'] = route.split(' ');
    const [tenant = '', role = ''] = as?.split(' ') ?? [];
    const answer = await fetch(path.startsWith('http') ? path : this.url + path, {
      method,
      headers: {
        ...(as === undefined ? {} : await this.tokens.of(tenant, role)),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      json: (isJson && text ? JSON.parse(text) : undefined) as Json,
    };
  }

  async newIssuer(tenant: string, name = 'Acme Academy'): Promise<{ id: string; did: string; version: number }> {
    const body = { name, url: 'https://academy.example' };
    const { status, json } = await this.call('POST /v1/issuers', { as: `${tenant} admin`, body });
    expect(status).toBe(201);
    return json;
  }

  async said(topic: string, tenant: string): Promise<{ type: string; sequence: number; data: Json }[]> {
    const rows = await this.owner.query<{ value: string; headers: Record<string, string> }[]>(
      'SELECT value, headers FROM said WHERE topic = $1 ORDER BY position',
      [topic],
    );
    return rows
      .filter(({ headers }) => headers['ce_tenantid'] === tenant)
      .map(({ value, headers }) => ({
        type: headers['ce_type'] ?? '',
        sequence: Number(headers['ce_sequence']),
        data: JSON.parse(value) as Json,
      }));
  }

  async allocate(tenantId: string, data: Requested, now = new Date()): Promise<CertificateRow> {
    const event = { tenantId, correlationId: 'test', data } as CertificateRequested;
    const id = await this.unitOfWork.run(async (transaction) => {
      const issuers = await findIssuers(transaction, [data.issuerId]);
      for (const [id, issuer] of await addMissingKeys(transaction, issuers, this.keys.make)) issuers.set(id, issuer);
      const { numbered, refused } = await resolveIssueNumbers(transaction, [event]);
      expect(refused).toEqual([]);
      const keysOf = (_tenant: string, issuerId: string) => {
        const { kid, integrity_kid: integrityKid } = issuers.get(issuerId) ?? {};
        return kid && integrityKid ? { kid, integrityKid } : undefined;
      };
      const [row] = await allocateCertificates(transaction, numbered, { now, keysOf });
      return row?.id;
    });
    return this.row(id ?? '');
  }

  /** Signs, stores and issues what is allocated, as the generator does. @returns undefined when it was withdrawn meanwhile */
  async issue(row: CertificateRow): Promise<IssuedCertificate | undefined> {
    return this.settle(await this.make(row));
  }

  async settle(made: MadeCertificate): Promise<IssuedCertificate | undefined> {
    const { issued } = await this.unitOfWork.run((transaction) =>
      settleCertificates(
        transaction,
        { made: [made], failed: [] },
        { actor: 'certificate-generator', now: new Date() },
      ),
    );
    return issued[0];
  }

  async make(row: CertificateRow): Promise<MadeCertificate> {
    const [issuer] = await this.owner.query<{ did: string; name: string; url: string }[]>(
      'SELECT did, name, url FROM issuer WHERE id = $1',
      [row.issuer_id],
    );
    const { achievement, recipient } = row.request;
    const { token: credential } = await signCredential(
      buildCredential({
        id: `${this.url}/v/${row.public_id}`,
        issuer: issuer!,
        validFrom: row.allocated_at,
        ...(row.expires_at === null ? {} : { validUntil: row.expires_at }),
        recipient: {
          id: `urn:uuid:${stableUuid(row.tenant_id, 'learner', recipient.learnerId)}`,
          name: recipient.name,
        },
        achievement: achievement as CredentialInput['achievement'],
        number: row.number,
        ...('score' in row.request.claims
          ? { results: [{ name: 'score', type: 'Percent' as const, value: row.request.claims['score'] as string }] }
          : {}),
        ...(row.status_list === null || row.status_index === null
          ? {}
          : { status: { list: statusListAddress(this.url, row.status_list), index: row.status_index } }),
      }),
      await this.keys.of(issuer!.did, row.integrity_kid!),
      row.allocated_at,
    );
    const pdf = pdfOf(row.number);
    const pdf_sha256 = createHash('sha256').update(pdf).digest('hex');
    const pdf_object = `certificates/${row.tenant_id}/2026-03-01/${row.id}-${pdf_sha256}.pdf`;
    await this.objects.put([{ name: pdf_object, bytes: pdf, mediaType: 'application/pdf' }]);
    const credential_sha256 = createHash('sha256').update(credential).digest('hex');
    return { id: row.id, version: row.version, credential, credential_sha256, pdf_sha256, pdf_object };
  }

  /** A certificate from its request to its issue. */
  async issued(tenantId: string, issuerId: string, learnerId: string, more: Partial<Requested> = {}, now?: Date) {
    const row = await this.allocate(tenantId, requestFor(tenantId, issuerId, learnerId, more), now);
    await this.issue(row);
    return this.row(row.id);
  }

  async row(id: string): Promise<CertificateRow> {
    const [row] = await this.owner.query<CertificateRow[]>('SELECT * FROM certificate WHERE id = $1', [id]);
    if (!row) throw new Error('There is no such certificate');
    return row;
  }
}

/** A complete request, as the evaluator writes it. */
export function requestFor(tenantId: string, issuerId: string, learnerId: string, more: Partial<Requested>): Requested {
  const occasion = { batchId: 'rust-101', awardId: 'a-1', learnerId };
  return {
    requestId: stableUuid(tenantId, 'test-request', learnerId),
    credentialType: { id: 'course-completion', version: 1 },
    occasion,
    issue: { kind: 'first' },
    recipient: { learnerId, name: 'Asha Verma' },
    claims: { courseTitle: 'Rust' },
    achievement: {
      id: `urn:uuid:${stableUuid(tenantId, 'achievement', 'rust')}`,
      type: 'Course',
      name: 'Rust for Systems Engineers',
      description: 'Completed the course Rust for Systems Engineers.',
      criteria: 'Complete the course with a score of at least 60.',
    },
    award: { id: 'a-1', version: 1 },
    template: { id: 'classic', version: 1, sha256: 'a'.repeat(64), mediaType: 'image/svg+xml' },
    issuerId,
    decidedAt: '2026-03-01T12:00:01Z',
    ...more,
  };
}

it('asks as the contract wants it: else no other test of this service would mean a thing', () => {
  assertStrict(certificateRequested, requestFor('demo', stableUuid('demo', 'issuer'), 'L-1', {}));
});
