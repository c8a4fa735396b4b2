import { createPrivateKey, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { markStatusChanged, takeStatusIndexes } from '@laurel/certificates';
import {
  buildStatusList,
  createSigner,
  generateIntegrityKey,
  generateSigningKey,
  signCredential,
} from '@laurel/credentials';
import { createDataSource, type Transaction, UnitOfWork } from '@laurel/persistence';
import { type Servers, waitFor } from '@laurel/testing';
import type { BenchRow } from './bench-row.ts';
import { GeneratorScene } from './generator-scene.ts';
import { percentile } from './percentile.ts';

const app = 'certificate-generator';
/** Lists, one of each issuer, the certificates of each, and those who revoke them at the same time. */
const [lists, perList, writers] = [20, 3_000, 64];

/** A certificate, as far as status lists know it. */
interface Listed {
  readonly id: string;
  readonly list: string;
  readonly index: number;
}

/** How long is measured. */
export interface StatusAmounts {
  readonly seconds: number;
  readonly naiveSeconds: number;
}

/**
 * Certificates that are revoked one by one, each in a transaction of its own, while one generator signs their lists: how many a
 * second, and how long until the list shows each. Against the naive way, in which each revocation publishes its list.
 */
export async function measureStatus(
  servers: Servers,
  { seconds, naiveSeconds }: StatusAmounts = { seconds: 10, naiveSeconds: 5 },
  compiled = true,
): Promise<BenchRow[]> {
  const scene = await GeneratorScene.open(servers, compiled);
  const [{ name = '' } = {}] = await scene.path.query<{ name: string }>(app, 'SELECT current_database() AS name');
  const database = createDataSource({
    ...{ url: servers.postgres.url(name), applicationName: 'writers', poolSize: writers },
    log: { warn: () => undefined },
  });
  await database.initialize();
  const unitOfWork = new UnitOfWork(database);
  try {
    const naive = await rate(naiveSeconds, await certificates(unitOfWork), await naiveFlip(unitOfWork));
    await database.query('TRUNCATE status_list_change, signed_status_list');

    const ready = await certificates(unitOfWork);
    await scene.path.ready(app, '', { LANES: 'none' });
    const editions = () => database.query<{ list: string; at: string; document: string }[]>(editionsOf);
    await waitFor('the first editions', editions, (rows) => rows.length >= lists, { timeout: 60_000 });
    const watch = new Watch(editions);
    const watching = watch.run();
    const ours = await rate(seconds, ready, async (certificate) => {
      await unitOfWork.run((transaction) => flip(transaction, certificate));
      watch.expect(certificate);
    });
    const delays = await watch.end(watching);
    return [
      {
        ...{ name: 'status-flips', value: ours, unit: 'flips/s', least: 200 },
        ...{ ratio: ours / naive, comparedTo: 'one publication per flip' },
      },
      { name: 'status-flips-naive', value: naive, unit: 'flips/s' },
      { name: 'status-signed-median', value: percentile(delays, 0.5) / 1_000, unit: 's' },
      { name: 'status-signed-slowest', value: Math.max(...delays) / 1_000, unit: 's', least: 5 },
    ];
  } finally {
    await database.destroy();
    await scene.stop();
  }
}

const editionsOf = 'SELECT list, signed_at::text AS at, document FROM signed_status_list';

/** Notes when each revocation is first shown by its list. */
class Watch {
  private readonly open = new Map<string, { index: number; at: number }[]>();
  private readonly signed = new Map<string, string>();
  private readonly delays: number[] = [];
  private isOver = false;

  constructor(private readonly editions: () => Promise<{ list: string; at: string; document: string }[]>) {}

  /** It was committed just now. */
  expect({ list, index }: Listed): void {
    const open = this.open.get(list) ?? [];
    open.push({ index, at: Date.now() });
    this.open.set(list, open);
  }

  async run(): Promise<void> {
    while (!this.isOver) {
      for (const { list, at, document } of await this.editions()) {
        if (this.signed.get(list) === at) continue;
        this.signed.set(list, at);
        this.look(list, document);
      }
      await pause(50);
    }
  }

  /** @returns the milliseconds that each took */
  async end(watching: Promise<void>): Promise<readonly number[]> {
    const left = () => [...this.open.values()].flat().length;
    await waitFor('every revocation to be signed', left, (count) => count === 0, { timeout: 30_000 });
    this.isOver = true;
    await watching;
    return this.delays;
  }

  private look(list: string, document: string): void {
    const now = Date.now();
    const { credentialSubject } = JSON.parse(document) as { credentialSubject: { encodedList: string } };
    const bits = gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), 'base64url'));
    const isSet = ({ index }: { index: number }) => ((bits[index >> 3] ?? 0) & (128 >> (index & 7))) !== 0;
    const open = this.open.get(list) ?? [];
    for (const one of open.filter(isSet)) this.delays.push(now - one.at);
    this.open.set(
      list,
      open.filter((one) => !isSet(one)),
    );
  }
}

/** Issued certificates of new issuers, those of each list far from each other. */
async function certificates(unitOfWork: UnitOfWork): Promise<Listed[]> {
  const issuers = Array.from({ length: lists }, () => randomUUID());
  return unitOfWork.run(async (transaction) => {
    await transaction.query(
      `INSERT INTO issuer (id, tenant_id, name, url, did)
       SELECT id, 'bench', 'Academy', 'https://academy.example', 'did:web:bench.example:' || id FROM unnest($1::uuid[]) AS id`,
      [issuers],
    );
    const wanted = new Map(issuers.map((issuer) => [issuer, { tenantId: 'bench', count: perList }]));
    const taken = await takeStatusIndexes(transaction, wanted);
    const all = Array.from({ length: perList }, (_, at) => issuers.flatMap((issuer) => taken.get(issuer)?.[at] ?? []))
      .flat()
      .map((place) => ({ id: randomUUID(), ...place }));
    // No statement may take longer than a service's.
    for (let from = 0; from < all.length; from += 5_000) {
      const some = all.slice(from, from + 5_000);
      await transaction.query(
        `INSERT INTO certificate (id, tenant_id, public_id, number, credential_type_id, credential_type_version, occasion,
         occasion_key, issue_number, state, request_id, request, recipient_learner_id, recipient_name, issuer_id, key_kid,
         allocated_at, issued_at, credential, credential_sha256, pdf_sha256, pdf_object, state_changed_at, correlation_id,
         status_list, status_index)
       SELECT id, 'bench', id, id, 't', 1, '{}', id, 1, 'issued', id, '{}', 'l', 'n', id, 'k', now(), now(),
         repeat('c', 500), 'h', 'h', 'o', now(), 'x', list, index
       FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS given(id, list, index)`,
        [some.map(({ id }) => id), some.map(({ list }) => list), some.map(({ index }) => index)],
      );
    }
    return all;
  });
}

/** All writers at once, each one certificate after the other. @returns how many a second */
async function rate(seconds: number, all: readonly Listed[], one: (certificate: Listed) => Promise<void>) {
  const queue = all.values();
  const began = performance.now();
  let count = 0;
  const write = async () => {
    for (const certificate of queue) {
      if (performance.now() - began >= seconds * 1_000) return;
      await one(certificate);
      count++;
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return count / ((performance.now() - began) / 1_000);
}

async function flip(transaction: Transaction, { id, list }: Listed): Promise<void> {
  await transaction.query(
    `UPDATE certificate SET state = 'revoked', version = version + 1, state_changed_at = clock_timestamp() WHERE id = $1`,
    [id],
  );
  await markStatusChanged(transaction, [list]);
}

/** Each revocation signs its list anew, in its own transaction, one after the other for each list. */
async function naiveFlip(unitOfWork: UnitOfWork): Promise<(certificate: Listed) => Promise<void>> {
  const issuer = 'did:web:bench.example:naive';
  const key = createPrivateKey({ key: generateIntegrityKey().privateJwk, format: 'jwk' });
  const signToken = await createSigner(await generateSigningKey((thumbprint) => `${issuer}#${thumbprint}`));
  const keys = { signToken, integrity: { key, verificationMethod: `${issuer}#di-1` } };
  return (certificate) =>
    unitOfWork.run(async (transaction) => {
      const { list } = certificate;
      await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [list]);
      await flip(transaction, certificate);
      const set = await transaction.query<{ index: number }>(
        `SELECT status_index AS index FROM certificate
         WHERE status_list = $1 AND status_list IS NOT NULL AND state IN ('superseded', 'revoked')`,
        [list],
      );
      const now = new Date();
      const credential = buildStatusList({
        ...{ id: `https://bench.example/status/${list}`, issuer, validFrom: now, ttl: 300_000 },
        ...{ validUntil: new Date(now.getTime() + 86_400_000), set: set.map(({ index }) => index) },
      });
      const { document, token } = await signCredential(credential, keys, now);
      await transaction.query(
        `INSERT INTO signed_status_list VALUES ($1, $2, '', $3, '', now(), now() + interval '1 d', now(), now() + interval '1 h')
         ON CONFLICT (list) DO UPDATE SET document = excluded.document, token = excluded.token, signed_at = now()`,
        [list, JSON.stringify(document), token],
      );
    });
}
