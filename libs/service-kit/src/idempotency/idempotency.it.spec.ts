import { randomUUID } from 'node:crypto';
import { type Transaction, UnitOfWork, createDataSource, migrate } from '@laurel/persistence';
import { createDatabase } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Problem } from '../problems/problem.ts';
import { Idempotency } from './idempotency.ts';
import { CreateIdempotency1770000000003 } from './idempotency.migration.ts';
import type { IdempotentRequest } from './idempotent-request.ts';
import { requestHash } from './request-hash.ts';

let dataSource: DataSource;
let idempotency: Idempotency;

beforeAll(async () => {
  dataSource = createDataSource({
    url: await createDatabase(inject('stack').postgresUrl, 'idempotency'),
    applicationName: 'idempotency test',
    migrations: [CreateIdempotency1770000000003],
    poolSize: 25,
    log: { warn: () => undefined },
  });
  await migrate(dataSource);
  await dataSource.query('CREATE TABLE course (id text PRIMARY KEY, request text NOT NULL)');
  idempotency = new Idempotency(new UnitOfWork(dataSource));
});
afterAll(() => dataSource.destroy());

function requestOf(
  key: string | undefined,
  { tenantId = 'acme', route = 'POST /courses', body = {} } = {},
): IdempotentRequest {
  return { tenantId, route, key, hash: requestHash('/courses', body) };
}

/** The effect: one row. Its count shows how often the work was done. */
function makeCourse(name: string) {
  return async (transaction: Transaction) => {
    const id = randomUUID();
    await transaction.query('INSERT INTO course (id, request) VALUES ($1, $2)', [id, name]);
    return id;
  };
}

async function coursesOf(name: string): Promise<string[]> {
  return (await dataSource.query<{ id: string }[]>('SELECT id FROM course WHERE request = $1', [name])).map(
    ({ id }) => id,
  );
}

async function statusOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (outcome) => outcome,
    (error: unknown) => {
      if (error instanceof Problem) return error.getStatus();
      throw error;
    },
  );
}

describe('once', () => {
  it('makes one thing of a request and its repeat, and answers the same id', async () => {
    const first = await idempotency.once(requestOf('k1'), makeCourse('k1'));
    const second = await idempotency.once(requestOf('k1'), makeCourse('k1'));
    expect(first.repeated).toBe(false);
    expect(second).toEqual({ id: first.id, repeated: true });
    expect(await coursesOf('k1')).toEqual([first.id]);
  });

  it('makes one thing of twenty repeats at once: the others are told to wait, or get the same id', async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = `parallel-${round}`;
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => statusOf(idempotency.once(requestOf(name), makeCourse(name)))),
      );
      const made = await coursesOf(name);
      expect(made).toHaveLength(1);
      const first = outcomes.filter((outcome) => (outcome as { repeated?: boolean }).repeated === false);
      expect(first).toEqual([{ id: made[0], repeated: false }]);
      for (const outcome of outcomes) {
        if (outcome !== 409) expect(outcome).toMatchObject({ id: made[0] });
      }
    }
    // A lock that outlived its transaction would answer 409 for as long as the pool keeps the connection.
    const left = await dataSource.query<unknown[]>(
      `SELECT objid FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
       WHERE locktype = 'advisory' AND datname = current_database()`,
    );
    expect(left).toEqual([]);
  });

  it('is 409 while the first runs, in whatever session, and not after', async () => {
    let finish = (): void => undefined;
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const mayEnd = new Promise<void>((resolve) => (finish = resolve));
    const first = idempotency.once(requestOf('slow'), async (transaction) => {
      const id = await makeCourse('slow')(transaction);
      begun();
      await mayEnd;
      return id;
    });
    await hasBegun;
    expect(await statusOf(idempotency.once(requestOf('slow'), makeCourse('slow')))).toBe(409);
    expect(await statusOf(idempotency.once(requestOf('slow', { body: { other: true } }), makeCourse('slow')))).toBe(
      409,
    );
    expect(
      await statusOf(idempotency.once(requestOf('slow', { tenantId: 'other' }), makeCourse('slow-other'))),
    ).toMatchObject({ repeated: false });
    finish();
    const { id } = await first;
    expect(await idempotency.once(requestOf('slow'), makeCourse('slow'))).toEqual({ id, repeated: true });
  });

  it('is 422 for another body under the same key, and makes nothing', async () => {
    await idempotency.once(requestOf('reused', { body: { title: 'a', places: 1 } }), makeCourse('reused'));
    expect(await statusOf(idempotency.once(requestOf('reused', { body: { title: 'b' } }), makeCourse('reused')))).toBe(
      422,
    );
    expect(
      await statusOf(idempotency.once(requestOf('reused', { body: { places: 1, title: 'a' } }), makeCourse('reused'))),
    ).toMatchObject({ repeated: true });
    expect(await coursesOf('reused')).toHaveLength(1);
  });

  it('keeps tenants and routes apart', async () => {
    const outcomes = [
      await idempotency.once(requestOf('same'), makeCourse('apart')),
      await idempotency.once(requestOf('same', { tenantId: 'other' }), makeCourse('apart')),
      await idempotency.once(requestOf('same', { route: 'POST /batches' }), makeCourse('apart')),
    ];
    expect(new Set(outcomes.map(({ id }) => id)).size).toBe(3);
    expect(outcomes.every(({ repeated }) => !repeated)).toBe(true);
  });

  it('keeps nothing of work that failed: the same key may try again', async () => {
    const failing = async (transaction: Transaction) => {
      await makeCourse('failing')(transaction);
      throw new Error('on purpose');
    };
    await expect(idempotency.once(requestOf('failing'), failing)).rejects.toThrow('on purpose');
    expect(await coursesOf('failing')).toEqual([]);
    expect(await idempotency.once(requestOf('failing'), makeCourse('failing'))).toMatchObject({ repeated: false });
  });

  it('does the work each time for a request without a key', async () => {
    await idempotency.once(requestOf(undefined), makeCourse('keyless'));
    await idempotency.once(requestOf(undefined), makeCourse('keyless'));
    expect(await coursesOf('keyless')).toHaveLength(2);
  });
});

describe('after 24 hours', () => {
  const age = (key: string, hours: number) =>
    dataSource.query(`UPDATE idempotency SET created_at = now() - make_interval(hours => $2) WHERE key = $1`, [
      key,
      hours,
    ]);

  it('a key is free, even before it was pruned, and counts anew from then on', async () => {
    const first = await idempotency.once(requestOf('aged'), makeCourse('aged'));
    await age('aged', 23);
    expect(await idempotency.once(requestOf('aged'), makeCourse('aged'))).toEqual({ id: first.id, repeated: true });
    await age('aged', 25);
    const second = await idempotency.once(requestOf('aged', { body: { other: 1 } }), makeCourse('aged'));
    expect(second.repeated).toBe(false);
    expect(await idempotency.once(requestOf('aged', { body: { other: 1 } }), makeCourse('aged'))).toEqual({
      id: second.id,
      repeated: true,
    });
  });

  it('pruning deletes old keys and no other, also when replicas do it at once', async () => {
    await dataSource.query(
      `INSERT INTO idempotency (tenant_id, route, key, request_hash, made_id, created_at)
       SELECT 'acme', 'POST /old', 'old-' || n, '', n::text, now() - interval '25 hours' FROM generate_series(1, 1500) AS n`,
    );
    await idempotency.once(requestOf('young'), makeCourse('young'));
    const deleted = await Promise.all([idempotency.prune(), idempotency.prune()]);
    expect(deleted[0] + deleted[1]).toBe(1_500);
    expect(await idempotency.prune()).toBe(0);
    expect(await idempotency.once(requestOf('young'), makeCourse('young'))).toMatchObject({ repeated: true });
  });
});

it('the migration goes back as it came', async () => {
  const runner = dataSource.createQueryRunner();
  try {
    const { up, down } = CreateIdempotency1770000000003.prototype;
    await down(runner);
    expect(
      (await dataSource.query<{ found: string | null }[]>(`SELECT to_regclass('idempotency') AS found`))[0]?.found,
    ).toBeNull();
    await up(runner);
  } finally {
    await runner.release();
  }
});
