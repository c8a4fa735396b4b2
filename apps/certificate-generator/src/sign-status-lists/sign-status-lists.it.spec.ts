import { randomBytes } from 'node:crypto';
import { readStatusList, verifyIntegrity } from '@laurel/credentials';
import { TransientError } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { waitFor, watchMachine } from '@laurel/testing';
import { decodeJwt, importJWK, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DueList } from './due-list.ts';
import type { SignStatusLists } from './sign-status-lists.ts';
import { type Listed, StatusScene } from './status-scene.spec.ts';

let scene: StatusScene;
let signer: SignStatusLists;
const { setOf } = StatusScene;

beforeAll(async () => {
  scene = await StatusScene.open();
  signer = await scene.signer();
}, 60_000);

beforeEach(() =>
  scene.database.query(
    'TRUNCATE certificate, issuer, issuer_key, status_list, signed_status_list, status_list_change, status_index_counter',
  ),
);

afterAll(() => scene.close());

/** Signs what is due. @returns the lists that were signed */
async function round(by = signer): Promise<string[]> {
  const signed: string[] = [];
  for (const due of (await by.due()).lists) if (await by.sign(due)) signed.push(due.id);
  return signed;
}

/** As if the editions had been signed so long ago. */
const age = (interval: string) =>
  scene.database.query(
    `UPDATE signed_status_list SET signed_at = signed_at - $1::interval, valid_from = valid_from - $1::interval,
       renewed_from = renewed_from - $1::interval, valid_until = valid_until - $1::interval`,
    [interval],
  );

async function onlyDue(): Promise<DueList> {
  const { lists } = await signer.due();
  expect(lists).toHaveLength(1);
  return lists[0]!;
}

/** Signs a list, whose transaction stands still before it writes to a table until `work` is done and committed. */
async function whileShut(table: string, due: DueList, work: (gate: Transaction) => Promise<void>) {
  let signing: ReturnType<SignStatusLists['sign']> | undefined;
  const waiting = () =>
    scene.database.query<object[]>(
      `SELECT FROM pg_stat_activity WHERE application_name LIKE 'signer %' AND wait_event_type = 'Lock'
       AND datname = current_database()`,
    );
  await scene.unitOfWork.run(async (gate) => {
    await gate.query(`LOCK TABLE ${table} IN SHARE MODE`);
    signing = signer.sign(due);
    await waitFor('the signer to wait', waiting, ({ length }) => length === 1);
    await work(gate);
  });
  return signing;
}

test('a new list is signed once, empty, in both forms, by the keys of its issuer', async () => {
  const issuerId = await scene.issuer();
  const [{ list } = { list: '' }] = await scene.issued(issuerId, 3);
  expect(await round()).toEqual([list]);
  expect(await round()).toEqual([]);
  const edition = await scene.edition(list);
  const document = JSON.parse(edition.document) as Record<string, unknown>;
  const did = `did:web:certificates.example:issuers:${issuerId}`;
  expect(document).toMatchObject({
    id: `https://certificates.example/status/${list}`,
    issuer: did,
    validFrom: edition.valid_from.toISOString().replace('.000Z', 'Z'),
    credentialSubject: { id: `https://certificates.example/status/${list}#list`, ttl: 300_000 },
  });
  expect(edition.valid_until.getTime() - edition.valid_from.getTime()).toBe(86_400_000);
  expect(setOf(edition)).toEqual([]);
  const keys = await scene.database.query<{ kid: string; purpose: string; public_jwk: Record<string, string> }[]>(
    'SELECT kid, purpose, public_jwk FROM issuer_key WHERE issuer_id = $1',
    [issuerId],
  );
  const jwt = keys.find(({ purpose }) => purpose === 'jwt');
  const { payload } = await jwtVerify(edition.token, await importJWK(jwt?.public_jwk ?? {}, 'ES256'));
  expect(payload).toMatchObject(document);
  const integrity = keys.find(({ purpose }) => purpose === 'integrity');
  const known = async (method: string) => (method === integrity?.kid ? { publicJwk: integrity.public_jwk } : undefined);
  expect(await verifyIntegrity(document, known, { takesNumbers: true })).toMatchObject({ ok: true });
});

test('bits are those of revoked and superseded certificates, and of no others', async () => {
  const all = await scene.issued(await scene.issuer(), 6);
  const states = ['revoked', 'superseded', 'suspended', 'failed', 'withdrawn', 'allocated'];
  await scene.unitOfWork.run(async (transaction) => {
    for (const [at, state] of states.entries()) await StatusScene.flip(transaction, all.slice(at, at + 1), state);
  });
  await round();
  const edition = await scene.edition(all[0]?.list ?? '');
  expect(setOf(edition)).toEqual([all[0]?.index, all[1]?.index].sort((a = 0, b = 0) => a - b));
  for (const [at, { index }] of all.entries()) expect(readStatusList(JSON.parse(edition.document), index)).toBe(at < 2);
  // Both forms were made of the same bits.
  expect(decodeJwt(edition.token)).toMatchObject(JSON.parse(edition.document) as object);
});

test('what changes within a window is signed together when it is over, and editions are ordered by whole seconds', async () => {
  const [first, second] = (await scene.issued(await scene.issuer(), 2)) as [Listed, Listed];
  await round();
  const before = await scene.edition(first.list);
  await scene.revoke(first);
  await scene.revoke(second);
  expect(await round()).toEqual([]);
  expect((await signer.due()).behind).toBeGreaterThan(0);
  // Another edition within the same second: its window is over, the second of the last one is not.
  await scene.database.query(`UPDATE signed_status_list SET signed_at = signed_at - interval '1 s',
    valid_from = date_trunc('second', clock_timestamp()) + interval '1 s'`);
  expect(await round()).toEqual([first.list]);
  const after = await scene.edition(first.list);
  expect(after.valid_from.getTime()).toBeGreaterThan(before.valid_from.getTime() + 1_000);
  expect(after.valid_from.getMilliseconds()).toBe(0);
  expect(setOf(after)).toHaveLength(2);
  expect(await scene.changes()).toBe(0);
  expect(await signer.due()).toEqual({ lists: [], behind: 0 });
});

test('an edition is renewed before half of its life is over, though nothing changed', async () => {
  const [{ list } = { list: '' }] = await scene.issued(await scene.issuer(), 1);
  await round();
  await age('10 hours 59 minutes');
  expect(await round()).toEqual([]);
  await age('1 minute');
  expect(await round()).toEqual([list]);
  expect((await scene.edition(list)).valid_from.getTime()).toBeGreaterThan(Date.now() - 5_000);
});

test('a clock that was put back stops no list', async () => {
  const [certificate] = (await scene.issued(await scene.issuer(), 1)) as [Listed];
  await round();
  await age('-1 hour');
  const { valid_from } = await scene.edition(certificate.list);
  await scene.revoke(certificate);
  expect(await round()).toEqual([certificate.list]);
  const edition = await scene.edition(certificate.list);
  expect(edition.valid_from.getTime()).toBe(valid_from.getTime() + 1_000);
  expect(setOf(edition)).toEqual([certificate.index]);
});

test('without the right master key nothing is signed and nothing is lost', async () => {
  const [certificate] = (await scene.issued(await scene.issuer(), 1)) as [Listed];
  await round();
  await age('1 minute');
  await scene.revoke(certificate);
  const stranger = await scene.signer(1_000, randomBytes(32));
  await expect(round(stranger)).rejects.toThrow(TransientError);
  expect(setOf(await scene.edition(certificate.list))).toEqual([]);
  expect(await round()).toEqual([certificate.list]);
  expect(setOf(await scene.edition(certificate.list))).toEqual([certificate.index]);
});

test('while one signs a list another leaves it alone, and signs what came meanwhile', async () => {
  const [first, second] = (await scene.issued(await scene.issuer(), 2)) as [Listed, Listed];
  await round();
  await age('1 minute');
  await scene.revoke(first);
  const due = await onlyDue();
  const other = await scene.signer(0);
  const signing = await whileShut('signed_status_list', due, async () => {
    await scene.revoke(second);
    expect(await other.sign(due)).toBeUndefined();
  });
  expect(signing).toMatchObject({ changes: 1, set: 1 });
  expect(await scene.changes()).toBe(1);
  expect(await other.sign(due)).toMatchObject({ changes: 1, set: 2 });
});

// The bits have to be read after the changes were taken: else a change is taken that no bit shows.
test('what is committed in the moment in which changes are taken is in the bits, too', async () => {
  const [first, second] = (await scene.issued(await scene.issuer(), 2)) as [Listed, Listed];
  await round();
  await age('1 minute');
  await scene.revoke(first);
  const due = await onlyDue();
  const signing = await whileShut('status_list_change', due, (gate) => StatusScene.flip(gate, [second]));
  expect(signing).toMatchObject({ changes: 2, set: 2 });
  expect(await scene.changes()).toBe(0);
});

test(
  'a hundred writers and two signers: no index twice, no flip lost, every flip signed within five seconds',
  { timeout: 120_000 },
  async () => {
    const issuers = await Promise.all(Array.from({ length: 5 }, () => scene.issuer()));
    const signers = [signer, await scene.signer()];
    let isOver = false;
    const committed = new Map<string, number>();
    const seen = new Map<string, number>();
    const editions = new Map<string, { signed: number; from: number }[]>();
    const nameOf = ({ list, index }: { list: string; index: number }) => `${list}/${index}`;

    const sign = async (by: SignStatusLists) => {
      while (!isOver) {
        await round(by);
      }
    };
    const watch = async () => {
      while (!isOver) {
        for (const edition of await scene.editions()) {
          const known = editions.get(edition.list) ?? [];
          editions.set(edition.list, known);
          const signed = edition.signed_at.getTime();
          if (known.at(-1)?.signed === signed) continue;
          known.push({ signed, from: edition.valid_from.getTime() });
          for (const index of setOf(edition)) {
            const name = nameOf({ list: edition.list, index });
            if (!seen.has(name)) seen.set(name, Date.now());
          }
        }
      }
    };
    const rolledBack = new Error('rolled back');
    const all: Listed[] = [];
    const write = async (writer: number) => {
      const own: Listed[] = [];
      for (let turn = 0; turn < 12; turn++) {
        const issuerId = issuers[(writer + turn) % issuers.length] ?? '';
        own.push(...(await scene.issued(issuerId, 1 + ((writer + turn) % 3))));
        // Some fail after they have flipped: nothing of it may ever be seen.
        const [victim, ...others] = own.splice(0, 1 + (turn % 2));
        if (!victim) continue;
        if (turn % 4 === 3) {
          const failing = scene.run(async (transaction) => {
            await StatusScene.issue(transaction, issuerId, 2);
            await StatusScene.flip(transaction, [victim, ...others]);
            throw rolledBack;
          });
          await expect(failing).rejects.toBe(rolledBack);
          all.push(victim, ...others);
          continue;
        }
        await scene.revoke(victim, ...others);
        const now = Date.now();
        for (const one of [victim, ...others]) committed.set(nameOf(one), now);
        all.push(victim, ...others);
      }
      all.push(...own);
    };
    const limitOf = watchMachine();
    const background = [...signers.map(sign), watch()];
    await Promise.all(Array.from({ length: 100 }, (_, writer) => write(writer)));
    const last = Date.now();
    await waitFor(
      'every flip to be seen',
      () => seen.size,
      (size) => size === committed.size,
      { timeout: 60_000 },
    );
    expect((Date.now() - last) / 1_000).toBeLessThan(limitOf(5));
    // One that was committed between the taking of the changes and the reading of the bits is seen before it is taken.
    await waitFor(
      'every change to be taken',
      () => scene.changes(),
      (changes) => changes === 0,
    );
    isOver = true;
    await Promise.all(background);

    expect(new Set(all.map(nameOf)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(2_000);
    // Exactly what was flipped, and each of it in time.
    expect([...seen.keys()].sort()).toEqual([...committed.keys()].sort());
    const slowest = Math.max(...[...committed].map(([name, at]) => (seen.get(name) ?? Infinity) - at));
    expect(slowest / 1_000).toBeLessThan(limitOf(5));
    for (const known of editions.values()) {
      for (const [at, { signed, from }] of known.entries()) {
        const before = known[at - 1];
        if (!before) continue;
        expect(signed - before.signed).toBeGreaterThanOrEqual(1_000);
        expect(from).toBeGreaterThan(before.from);
        expect(from % 1_000).toBe(0);
      }
    }
  },
);
