import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { certificateMigrations } from '@laurel/certificates';
import { CreateOutbox1770000000001 } from '@laurel/messaging';
import { type ObjectStore, openObjectStore } from '@laurel/object-store';
import { createDataSource, migrate, UnitOfWork } from '@laurel/persistence';
import { createDatabase } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { SweepObjects } from './sweep-objects.ts';

let database: DataSource;
let store: ObjectStore;
let unitOfWork: UnitOfWork;
let folder: string;
const due = new Date('2026-03-04T00:00:00Z');
const day = '2026-03-01';
const tenant = 'acme';
let count = 0;

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'sweep');
  database = createDataSource({
    ...{ url, applicationName: 'test', poolSize: 4, log: { warn: () => undefined } },
    migrations: [CreateOutbox1770000000001, ...certificateMigrations],
  });
  await database.initialize();
  await migrate(database);
  unitOfWork = new UnitOfWork(database);
  folder = mkdtempSync(join(tmpdir(), 'laurel-sweep-'));
  store = openObjectStore(pathToFileURL(folder).href);
}, 60_000);

beforeEach(async () => {
  await database.query('TRUNCATE certificate, number_counter, object_sweep');
  const old: string[] = [];
  for await (const { name } of store.list('certificates/')) old.push(name);
  await store.delete(old);
});

afterAll(async () => {
  await database.destroy();
  rmSync(folder, { recursive: true });
});

/** A certificate that was allocated on a day; a live one names its object. */
async function certificate(
  state: 'allocated' | 'failed' | 'issued',
  on = day,
): Promise<{ id: string; object: string }> {
  const id = v7({ msecs: new Date(`${on}T10:00:00Z`).getTime() + ++count });
  const object = objectName(id, on);
  await database.query(
    `INSERT INTO certificate (id, tenant_id, public_id, number, credential_type_id, credential_type_version, occasion,
       occasion_key, issue_number, state, request_id, request, recipient_learner_id, recipient_name, issuer_id, key_kid,
       allocated_at, issued_at, credential, credential_sha256, pdf_sha256, pdf_object, state_changed_at, correlation_id)
     VALUES ($1, $2, $3, $3, 't', 1, '{}', $4, 1, $5, $4, '{}', 'l', 'n', $4, 'k', $6, $6, 'c', 'h', 'h', $7, $6, 'x')`,
    [id, tenant, `n-${count}`, id, state, `${on}T10:00:00Z`, state === 'issued' ? object : null],
  );
  await database.query('INSERT INTO number_counter VALUES ($1, 2026, 1) ON CONFLICT DO NOTHING', [tenant]);
  return { id, object };
}

const objectName = (id: string, on = day, hash = 'a') => `certificates/${tenant}/${on}/${id}-${hash.repeat(64)}.pdf`;
const put = (names: string[]) =>
  store.put(names.map((name) => ({ name, bytes: Buffer.from('pdf'), mediaType: 'application/pdf' })));

async function left(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of store.list('certificates/')) names.push(name);
  return names;
}

/** Steps until nothing is due. @returns how many objects went, and how many steps it took */
async function sweep(by: SweepObjects, now = due): Promise<{ deleted: number; steps: number }> {
  let [deleted, steps] = [0, 0];
  for (let step = await by.step(now); step; step = await by.step(now)) {
    deleted += step.deleted;
    steps++;
  }
  return { deleted, steps };
}

test('what no row names goes; what is named or may yet be named stays, and so do younger days and strange names', async () => {
  const issued = await certificate('issued');
  const failed = await certificate('failed');
  const allocated = await certificate('allocated');
  const younger = await certificate('failed', '2026-03-02');
  const orphans = [objectName(issued.id, day, 'b'), failed.object, objectName(v7())];
  const kept = [issued.object, allocated.object, younger.object, `certificates/${tenant}/${day}/readme.txt`];
  await put([...orphans, ...kept]);
  const sweeper = new SweepObjects(unitOfWork, store);
  // The last moment of the 48 hours.
  await sweep(sweeper, new Date(due.getTime() - 1));
  expect(await left()).toHaveLength(orphans.length + kept.length);
  expect((await sweep(sweeper)).deleted).toBe(3);
  expect(await left()).toEqual([...kept].sort());
  // Once: what comes into a swept day later stays there.
  await put([failed.object]);
  expect((await sweep(sweeper)).deleted).toBe(0);
  expect((await sweep(sweeper, new Date('2026-03-05T00:00:00Z'))).deleted).toBe(1);
  expect(await left()).toEqual([...kept, failed.object].filter((name) => name !== younger.object).sort());
});

test('goes on where it was broken off, by another process', async () => {
  const certificates: { id: string; object: string }[] = [];
  for (let at = 0; at < 7; at++) certificates.push(await certificate(at % 2 === 0 ? 'failed' : 'issued'));
  await put(certificates.map(({ object }) => object));
  let pages = 0;
  const breaking = {
    list: store.list.bind(store),
    delete: async (names: readonly string[]) => {
      await store.delete(names);
      // After the deed and before its page is noted.
      if (++pages === 2) throw new Error('killed');
    },
  };
  // The day before the first certificate is empty, and is a page too.
  await expect(sweep(new SweepObjects(unitOfWork, breaking, 2))).rejects.toThrow('killed');
  const [place] = await database.query<{ day: string; position: string }[]>(
    'SELECT day::text, position FROM object_sweep',
  );
  expect(place).toEqual({ day, position: '' });
  const { steps, deleted } = await sweep(new SweepObjects(unitOfWork, store, 2));
  expect({ steps, deleted }).toEqual({ steps: 4, deleted: 3 });
  expect(await left()).toEqual(certificates.filter((_, at) => at % 2 === 1).map(({ object }) => object));
});

test('of two at once one sweeps; a retry waits until the old objects are gone', async () => {
  const { id, object } = await certificate('failed');
  await put([object]);
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = {
    list: store.list.bind(store),
    delete: async (names: readonly string[]) => {
      if (names.length > 0) {
        begun.resolve();
        await goOn.promise;
      }
      return store.delete(names);
    },
  };
  const sweeping = sweep(new SweepObjects(unitOfWork, slow));
  await begun.promise;
  expect(await new SweepObjects(unitOfWork, store).step(due)).toBeUndefined();
  const client = database.createQueryRunner();
  await client.query("SET lock_timeout = '50ms'");
  const retry = () => client.query("UPDATE certificate SET state = 'allocated' WHERE id = $1", [id]);
  await expect(retry()).rejects.toThrow('lock timeout');
  goOn.resolve();
  expect((await sweeping).deleted).toBe(1);
  await retry();
  await client.release();
});
