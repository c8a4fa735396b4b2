import { type JsonWebKey, randomBytes } from 'node:crypto';
import { certificateMigrations, findIssuers } from '@laurel/certificates';
import { buildStatusList, didDocument, jwkSet, verifyIntegrity } from '@laurel/credentials';
import { CreateOutbox1770000000001, TransientError } from '@laurel/messaging';
import { createDataSource, migrate, UnitOfWork } from '@laurel/persistence';
import { createDatabase } from '@laurel/testing';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { IssuerKeys } from '../keys/issuer-keys.ts';
import { RotateKeys } from './rotate-keys.ts';

const masterKey = randomBytes(32);
const issuerId = v7();
const did = `did:web:certificates.example:issuers:${issuerId}`;
let database: DataSource;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'rotation');
  database = createDataSource({
    ...{ url, applicationName: 'test', poolSize: 4, log: { warn: () => undefined } },
    migrations: [CreateOutbox1770000000001, ...certificateMigrations],
  });
  await database.initialize();
  await migrate(database);
  unitOfWork = new UnitOfWork(database);
  await database.query("INSERT INTO issuer (id, tenant_id, name, url, did) VALUES ($1, 'acme', 'A', 'https://a', $2)", [
    issuerId,
    did,
  ]);
}, 60_000);
afterAll(() => database.destroy());

const keysOf = (algorithm: 'ES256' | 'RS256', master = masterKey) =>
  new IssuerKeys(database, unitOfWork, master, algorithm);
const rotate = (keys: IssuerKeys) =>
  new RotateKeys(unitOfWork, keys, { lifetime: 86_400_000, overlap: 0 }).step(new Date());
const sign = async (keys: IssuerKeys) => {
  const at = 'https://certificates.example/status/1';
  const validFrom = new Date('2026-03-01T12:00:00Z');
  const list = buildStatusList({
    id: at,
    issuer: did,
    validFrom,
    validUntil: new Date('2099-01-01T00:00:00Z'),
    ttl: 1,
    set: [7],
  });
  return (await keys.documentSignerOf(issuerId))(list);
};
const published = () =>
  database.query<{ kid: string; publicJwk: JsonWebKey }[]>('SELECT kid, public_jwk AS "publicJwk" FROM issuer_key');

test('keys are made, sealed, opened and succeeded by others of another kind; what each signed verifies by what is published', async () => {
  const first = await sign(keysOf('ES256'));
  expect(await rotate(keysOf('ES256'))).toEqual([]);
  expect(await rotate(keysOf('RS256'))).toMatchObject([{ issuerId, purpose: 'jwt' }]);
  // Another process, which has opened none of them.
  const second = await sign(keysOf('RS256'));
  const keys = await published();
  expect(keys).toHaveLength(3);
  const set = createLocalJWKSet(jwkSet(keys));
  const algorithms = [];
  for (const { token, document } of [first, second]) {
    const { protectedHeader } = await jwtVerify(token, set, { issuer: did });
    algorithms.push(protectedHeader.alg);
    const find = async (kid: string) => keys.find((key) => key.kid === kid);
    expect(await verifyIntegrity(JSON.parse(document), find, { takesNumbers: true })).toMatchObject({ ok: true });
  }
  expect(algorithms).toEqual(['ES256', 'RS256']);
  expect(didDocument(did, keys)).toMatchObject({ assertionMethod: keys.map(({ kid }) => kid) });
});

test('with another master key nothing is signed, and nothing is lost', async () => {
  const stranger = keysOf('RS256', randomBytes(32));
  await expect(stranger.documentSignerOf(issuerId)).rejects.toThrow(TransientError);
  const issuers = await unitOfWork.run((transaction) => findIssuers(transaction, [issuerId]));
  expect(issuers.get(issuerId)).toMatchObject({ integrity_kid: `${did}#di-1` });
  expect((await sign(keysOf('RS256'))).token).toMatch(/^ey/);
});
