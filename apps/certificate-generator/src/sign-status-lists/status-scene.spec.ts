import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { certificateMigrations, markStatusChanged, takeStatusIndexes } from '@laurel/certificates';
import { buildStatusList } from '@laurel/credentials';
import { CreateOutbox1770000000001 } from '@laurel/messaging';
import { createDataSource, insertRows, migrate, type Transaction, UnitOfWork } from '@laurel/persistence';
import { createDatabase } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { expect, inject, test } from 'vitest';
import { IssuerKeys } from '../keys/issuer-keys.ts';
import { SignStatusLists } from './sign-status-lists.ts';

/** A certificate, as far as status lists know it. */
export interface Listed {
  readonly id: string;
  readonly list: string;
  readonly index: number;
}

/** An edition as a verifier gets it. */
export interface Edition {
  readonly list: string;
  readonly document: string;
  readonly token: string;
  readonly valid_from: Date;
  readonly valid_until: Date;
  readonly signed_at: Date;
}

const columns = {
  ...{ id: 'uuid', tenant_id: 'text', public_id: 'text', number: 'text', credential_type_id: 'text' },
  ...{ credential_type_version: 'integer', occasion: 'jsonb', occasion_key: 'uuid', issue_number: 'integer' },
  ...{ state: 'text', request_id: 'uuid', request: 'jsonb', recipient_learner_id: 'text', recipient_name: 'text' },
  ...{ issuer_id: 'uuid', key_kid: 'text', allocated_at: 'timestamptz', issued_at: 'timestamptz' },
  ...{ credential: 'text', credential_sha256: 'text', pdf_sha256: 'text', pdf_object: 'text' },
  ...{ state_changed_at: 'timestamptz', correlation_id: 'text', status_list: 'uuid', status_index: 'integer' },
} as const;

/** Of the writers; two of them are for who reads meanwhile. */
const connections = 20;

/** A database of certificates that are written as the services write them, with real keys. */
export class StatusScene {
  readonly unitOfWork: UnitOfWork;
  private readonly others: DataSource[] = [];
  private readonly masterKey = randomBytes(32);
  private readonly lanes: Promise<unknown>[] = Array.from({ length: connections - 2 }, () => Promise.resolve());
  private turn = 0;

  private constructor(
    readonly database: DataSource,
    private readonly url: string,
  ) {
    this.unitOfWork = new UnitOfWork(database);
  }

  static async open(): Promise<StatusScene> {
    const url = await createDatabase(inject('stack').postgresUrl, 'status');
    const database = createDataSource({
      ...{ url, applicationName: 'writers', poolSize: connections, log: { warn: () => undefined } },
      migrations: [CreateOutbox1770000000001, ...certificateMigrations],
    });
    await database.initialize();
    await migrate(database);
    return new StatusScene(database, url);
  }

  async close(): Promise<void> {
    await Promise.all([this.database, ...this.others].map((each) => each.destroy()));
  }

  /** A signer as each generator has one: connections and keys of its own. */
  async signer(window = 1_000, masterKey = this.masterKey): Promise<SignStatusLists> {
    const database = createDataSource({
      ...{ url: this.url, applicationName: `signer ${this.others.length}`, poolSize: 4 },
      log: { warn: () => undefined },
    });
    await database.initialize();
    this.others.push(database);
    const unitOfWork = new UnitOfWork(database);
    return new SignStatusLists(
      unitOfWork,
      new IssuerKeys(database, unitOfWork, masterKey),
      'https://certificates.example',
      window,
    );
  }

  async issuer(): Promise<string> {
    const id = v7();
    await this.database.query('INSERT INTO issuer (id, tenant_id, name, url, did) VALUES ($1, $2, $3, $4, $5)', [
      ...[id, 'acme', 'Acme', 'https://academy.example', `did:web:certificates.example:issuers:${id}`],
    ]);
    return id;
  }

  /** A transaction of a writer, which waits for its turn here: who waits for a connection in the pool gives up after two seconds. */
  run<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const lane = this.turn++ % this.lanes.length;
    const done = this.lanes[lane]!.then(() => this.unitOfWork.run(work));
    this.lanes[lane] = done.catch(() => undefined);
    return done;
  }

  /** Issues certificates in a transaction that may do more. */
  static async issue(transaction: Transaction, issuerId: string, count: number): Promise<Listed[]> {
    const taken = await takeStatusIndexes(transaction, new Map([[issuerId, { tenantId: 'acme', count }]]));
    const listed = (taken.get(issuerId) ?? []).map((place) => ({ id: v7(), ...place }));
    const at = new Date();
    await insertRows(
      transaction,
      'certificate',
      columns,
      listed.map(({ id, list, index }) => ({
        ...{ id, tenant_id: 'acme', public_id: id, number: id, credential_type_id: 't', credential_type_version: 1 },
        ...{ occasion: {}, occasion_key: id, issue_number: 1, state: 'issued', request_id: id, request: {} },
        ...{ recipient_learner_id: 'l', recipient_name: 'n', issuer_id: issuerId, key_kid: 'k', allocated_at: at },
        ...{ issued_at: at, credential: 'c', credential_sha256: 'h', pdf_sha256: 'h', pdf_object: 'o' },
        ...{ state_changed_at: at, correlation_id: 'x', status_list: list, status_index: index },
      })),
    );
    return listed;
  }

  async issued(issuerId: string, count: number): Promise<Listed[]> {
    return this.run((transaction) => StatusScene.issue(transaction, issuerId, count));
  }

  /** Flips as a revocation does. */
  static async flip(transaction: Transaction, certificates: readonly Listed[], state = 'revoked'): Promise<void> {
    await transaction.query('UPDATE certificate SET state = $2 WHERE id = ANY($1::uuid[])', [
      certificates.map(({ id }) => id),
      state,
    ]);
    await markStatusChanged(
      transaction,
      certificates.map(({ list }) => list),
    );
  }

  async revoke(...certificates: Listed[]): Promise<void> {
    await this.run((transaction) => StatusScene.flip(transaction, certificates));
  }

  /** The indexes that are set in an edition. */
  static setOf({ document }: Pick<Edition, 'document'>): number[] {
    const { credentialSubject } = JSON.parse(document) as { credentialSubject: { encodedList: string } };
    const bits = gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), 'base64url'));
    return Array.from({ length: bits.length * 8 }, (_, index) => index).filter(
      (index) => ((bits[index >> 3] ?? 0) & (128 >> (index & 7))) !== 0,
    );
  }

  async editions(): Promise<Edition[]> {
    return this.database.query<Edition[]>('SELECT * FROM signed_status_list ORDER BY list');
  }

  async edition(list: string): Promise<Edition> {
    const found = (await this.editions()).find((each) => each.list === list);
    if (!found) throw new Error('The list is not signed');
    return found;
  }

  async changes(): Promise<number> {
    const [row] = await this.database.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM status_list_change',
    );
    return row?.count ?? NaN;
  }
}

test('reads bits as the recommendation writes them', () => {
  const [id, issuer, set] = ['https://certificates.example/status/1', 'did:web:certificates.example', [131_071, 0, 9]];
  const [validFrom, validUntil] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-01-02T00:00:00Z')];
  const list = buildStatusList({ id, issuer, validFrom, validUntil, ttl: 1, set });
  expect(StatusScene.setOf({ document: JSON.stringify(list) })).toEqual([0, 9, 131_071]);
});
