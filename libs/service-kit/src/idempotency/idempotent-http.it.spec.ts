import type { AppName } from '@laurel/contracts';
import { UnitOfWork, createDataSource, migrate } from '@laurel/persistence';
import { createDatabase } from '@laurel/testing';
import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { Public } from '../auth/public.decorator.ts';
import { defineCursor } from '../pagination/define-cursor.ts';
import { page } from '../pagination/page.ts';
import { pageQuery } from '../pagination/page-query.ts';
import { createService } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';
import { CreateIdempotency1770000000003 } from './idempotency.migration.ts';
import { Idempotency } from './idempotency.ts';
import type { IdempotentRequest } from './idempotent-request.ts';
import { Idempotent } from './idempotent.decorator.ts';

// No contract names it: every real service consumes something, and this one is about something else.
const nobody = 'nobody' as AppName;

const newCourse = z.object({ title: z.string() });
const cursor = defineCursor('courses', z.object({ title: z.string(), id: z.number() }));
const query = pageQuery(cursor, 50);

interface Row {
  readonly id: number;
  readonly title: string;
}

@Public()
@Controller('courses')
class CoursesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Post()
  async create(
    @Idempotent() request: IdempotentRequest,
    @Body({ schema: newCourse }) { title }: Row,
  ): Promise<unknown> {
    return this.idempotency.once(request, async (transaction) => {
      const [row] = await transaction.query<Row>('INSERT INTO course (title) VALUES ($1) RETURNING id', [title]);
      return String(row?.id);
    });
  }

  @Get()
  async list(@Query({ schema: query }) { limit, cursor: after }: z.output<typeof query>): Promise<unknown> {
    const rows = await this.unitOfWork.run((transaction) =>
      transaction.query<Row>(
        `SELECT id, title FROM course WHERE $1::text IS NULL OR (title, id) > ($1, $2) ORDER BY title, id LIMIT $3`,
        [after?.title ?? null, after?.id ?? null, limit + 1],
      ),
    );
    return page(rows, limit, cursor, ({ id, title }) => ({ id, title }));
  }
}

@Module({ controllers: [CoursesController] })
class TestModule {}

let service: Service;
let url: string;

beforeAll(async () => {
  const { brokers, postgresUrl } = inject('stack');
  const databaseUrl = await createDatabase(postgresUrl, 'idempotent_http');
  const migrations = [CreateIdempotency1770000000003];
  const dataSource = createDataSource({
    url: databaseUrl,
    applicationName: 'test',
    migrations,
    log: { warn: () => undefined },
  });
  await migrate(dataSource);
  await dataSource.query('CREATE TABLE course (id serial PRIMARY KEY, title text NOT NULL)');
  await dataSource.destroy();
  service = await createService(
    { name: nobody, settings: z.object({}), database: { migrations }, module: TestModule },
    {
      LAUREL_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      KAFKA_BROKERS: brokers.join(','),
    },
  );
  url = `${await service.start()}/courses`;
});
afterAll(() => service.stop());

async function post(key: string, body: object) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    json: (await answer.json()) as Record<string, unknown>,
  };
}

it('twenty parallel repeats over HTTP make one thing; the rest get 409 with Retry-After, or the same id', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => post('"parallel"', { title: 'parallel' })));
  const { items } = (await (await fetch(`${url}?limit=50`)).json()) as { items: Row[] };
  const [made, ...others] = items.filter(({ title }) => title === 'parallel');
  expect(others).toEqual([]);
  for (const { status, retryAfter, json } of answers) {
    if (status === 409)
      expect({ retryAfter, ...json }).toMatchObject({
        retryAfter: '1',
        type: 'urn:laurel:problem:idempotency-key-running',
      });
    else expect({ status, ...json }).toMatchObject({ status: 201, id: String(made?.id) });
  }
  expect(await post('parallel', { title: 'parallel' })).toMatchObject({
    status: 201,
    json: { id: String(made?.id), repeated: true },
  });
  expect(await post('parallel', { title: 'another' })).toMatchObject({
    status: 422,
    json: { type: 'urn:laurel:problem:idempotency-key-reused' },
  });
  expect(await post('no good key', { title: 'x' })).toMatchObject({
    status: 400,
    json: { errors: [{ in: 'header', name: 'Idempotency-Key' }] },
  });
});

it('pages lead through every row once, also while rows come in', async () => {
  for (let count = 0; count < 25; count += 1) await post(`page-${count}`, { title: `t${count % 5}` });
  const seen: number[] = [];
  let next: string | undefined;
  do {
    const answer = await fetch(`${url}?limit=4${next === undefined ? '' : `&cursor=${next}`}`);
    const found = (await answer.json()) as { items: Row[]; next?: string };
    seen.push(...found.items.map(({ id }) => id));
    next = found.next;
    await post(`between-${seen.length}`, { title: 'a comes before all' });
  } while (next !== undefined);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThanOrEqual(26);
  const altered = await fetch(`${url}?cursor=AAAA`);
  expect(altered.status).toBe(400);
  expect(altered.headers.get('content-type')).toBe('application/problem+json');
  expect(await altered.json()).toMatchObject({
    type: 'urn:laurel:problem:validation',
    errors: [{ in: 'query', pointer: '/cursor' }],
  });
});
