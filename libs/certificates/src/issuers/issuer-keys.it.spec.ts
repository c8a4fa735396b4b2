import { CreateOutbox1770000000001 } from '@laurel/messaging';
import { createDataSource, migrate, UnitOfWork } from '@laurel/persistence';
import { createDatabase } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { certificateMigrations } from '../migrations/certificate-migrations.ts';
import { addMissingKeys } from './add-missing-keys.ts';
import { type KeyPurpose, type MakeKey } from './issuer-key.ts';
import { findIssuers } from './issuer-in-use.ts';
import { type KeyRotation, succeedKeys } from './succeed-keys.ts';

let database: DataSource;
let unitOfWork: UnitOfWork;
let issuerId: string;
let made: string[];

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'issuer_keys');
  database = createDataSource({
    ...{ url, applicationName: 'test', poolSize: 12, log: { warn: () => undefined } },
    migrations: [CreateOutbox1770000000001, ...certificateMigrations],
  });
  await database.initialize();
  await migrate(database);
  unitOfWork = new UnitOfWork(database);
}, 60_000);
afterAll(() => database.destroy());

beforeEach(async () => {
  issuerId = v7();
  made = [];
  await database.query(
    "INSERT INTO issuer (id, tenant_id, name, url, did) VALUES ($1::uuid, 'acme', 'A', 'https://a', 'did:web:a:' || $1::uuid)",
    [issuerId],
  );
});

const make: MakeKey = (issuer, purpose, number) => {
  const kid = `${issuer.did}#${purpose}-${number}`;
  made.push(kid);
  const kty = purpose === 'jwt' ? 'EC' : 'OKP';
  return Promise.resolve({ kid, public_jwk: { kty }, sealed_private: Buffer.from('sealed') });
};
const inUse = () =>
  unitOfWork.run(async (transaction) => {
    const all = await addMissingKeys(transaction, await findIssuers(transaction, [issuerId]), make);
    const { kid, integrity_kid } = all.get(issuerId) ?? {};
    return [kid, integrity_kid].map((each) => each?.split('#')[1]);
  });
const minutes = (count: number) => count * 60_000;
const later = (count: number) => new Date(Date.now() + minutes(count));
const rotate = async (change: Partial<KeyRotation> = {}) => {
  const life = { now: new Date(), lifetime: minutes(1_000), overlap: minutes(60), tokenKeyType: 'EC' as const };
  const done = await unitOfWork.run((transaction) => succeedKeys(transaction, { ...life, ...change }, make));
  return done.filter((one) => one.issuerId === issuerId).map(({ kid }) => kid.split('#')[1]);
};
const kidOf = (purpose: KeyPurpose, number: number) => `did:web:a:${issuerId}#${purpose}-${number}`;
const compromise = (kid: string) =>
  database.query('UPDATE issuer_key SET compromised_at = now() WHERE kid = $1', [kid]);
/** As if the minutes had gone by. */
const age = (count: number) =>
  database.query(
    `UPDATE issuer_key SET created_at = created_at - $2 * interval '1 minute',
       active_from = active_from - $2 * interval '1 minute', retired_at = retired_at - $2 * interval '1 minute'
     WHERE issuer_id = $1`,
    [issuerId, count],
  );

test('twenty workers that find no key make one of each purpose', async () => {
  const found = await Promise.all(Array.from({ length: 20 }, inUse));
  expect(new Set(found.map((each) => each.join()))).toEqual(new Set(['jwt-1,integrity-1']));
  expect(made).toHaveLength(2);
});

test('a key that is old has a successor, which is published before it signs; the old one stays', async () => {
  await inUse();
  expect(await rotate({ now: later(999) })).toEqual([]);
  await age(1_001);
  const rotations = await Promise.all([rotate(), rotate(), rotate()]);
  expect(rotations.flat().sort()).toEqual(['integrity-2', 'jwt-2']);
  expect(await inUse()).toEqual(['jwt-1', 'integrity-1']);
  // While it waits for its time none is due.
  expect(await rotate()).toEqual([]);
  await age(60);
  expect(await inUse()).toEqual(['jwt-2', 'integrity-2']);
  const rows = await database.query<{ kid: string; retired: boolean }[]>(
    'SELECT kid, retired_at <= now() AS retired FROM issuer_key WHERE issuer_id = $1 AND retired_at IS NOT NULL',
    [issuerId],
  );
  expect(rows.map(({ kid, retired }) => [kid.split('#')[1], retired]).sort()).toEqual([
    ['integrity-1', true],
    ['jwt-1', true],
  ]);
  expect(made).toHaveLength(4);
});

test('an issuer that asks for it gets successors once, and again when it asks again', async () => {
  await inUse();
  const ask = () => database.query('UPDATE issuer SET rotation_asked_at = clock_timestamp() WHERE id = $1', [issuerId]);
  await ask();
  expect((await rotate({ overlap: 0 })).sort()).toEqual(['integrity-2', 'jwt-2']);
  expect(await rotate({ now: later(1) })).toEqual([]);
  expect(await inUse()).toEqual(['jwt-2', 'integrity-2']);
  await ask();
  expect((await rotate({ now: later(1) })).sort()).toEqual(['integrity-3', 'jwt-3']);
});

test('another kind of token key than is wanted is due, and the key of proofs is not', async () => {
  await inUse();
  expect(await rotate({ tokenKeyType: 'RSA' })).toEqual(['jwt-2']);
});

test('a compromised key signs no more: the one that waits takes its place at once, else a new one', async () => {
  await inUse();
  await age(1_001);
  await rotate();
  await compromise(kidOf('jwt', 1));
  expect(await inUse()).toEqual(['jwt-2', 'integrity-1']);
  await compromise(kidOf('jwt', 2));
  const found = await Promise.all(Array.from({ length: 8 }, inUse));
  expect(new Set(found.map((each) => each.join()))).toEqual(new Set(['jwt-3,integrity-1']));
  const retired = await database.query<{ kid: string }[]>(
    `SELECT kid FROM issuer_key WHERE issuer_id = $1 AND purpose = 'jwt' AND retired_at IS NULL`,
    [issuerId],
  );
  expect(retired).toEqual([{ kid: kidOf('jwt', 3) }]);
});
