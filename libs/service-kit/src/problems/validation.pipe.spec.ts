import {
  Body,
  Controller,
  type ExecutionContext,
  Get,
  Module,
  Param,
  Post,
  Query,
  createParamDecorator,
} from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Public } from '../auth/public.decorator.ts';
import { createService } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';
import { problemDocument } from './problem-document.ts';

const newCourse = z.strictObject({
  title: z.string().min(1),
  recipient: z.object({ name: z.string(), 'odd/key~': z.number().optional() }).optional(),
  tags: z.array(z.string()).default([]),
  limit: z.union([z.string(), z.number()]).optional(),
  way: z
    .union([
      z.object({ kind: z.literal('a'), x: z.number(), y: z.number() }),
      z.object({ kind: z.literal('b'), z: z.number() }),
    ])
    .optional(),
});
const RequestId = createParamDecorator((name: string, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<{ headers: Record<string, string> }>().headers[name];
});

@Public()
@Controller('courses')
class CoursesController {
  @Post()
  create(@Body({ schema: newCourse }) body: z.output<typeof newCourse>): unknown {
    return body;
  }

  @Get('search')
  search(
    @Query({ schema: z.object({ limit: z.coerce.number().max(10).default(3) }) }) query: { limit: number },
  ): unknown {
    return query;
  }

  @Get('header')
  header(@RequestId('x-request', { schema: z.string().regex(/^r-/) } as never) id: string): unknown {
    return { id };
  }

  @Get(':id')
  read(@Param('id', { schema: z.uuid() }) id: string): unknown {
    return { id };
  }
}

@Module({ controllers: [CoursesController] })
class TestModule {}

let service: Service;
let http: FastifyInstance;

beforeAll(async () => {
  service = await createService(
    { name: 'asset-store', settings: z.object({}), module: TestModule },
    { LAUREL_ENV: 'test', LOG_LEVEL: 'silent' },
  );
  await service.app.init();
  http = service.app.getHttpAdapter().getInstance();
  await http.ready();
});
afterAll(() => service.stop());

async function call(method: 'GET' | 'POST', url: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await http.inject({
    method,
    url,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    ...answer,
    status: answer.statusCode,
    type: answer.headers['content-type'],
    json: JSON.parse(answer.body) as Record<string, unknown>,
  };
}

function expectProblem(answer: Awaited<ReturnType<typeof call>>, status: number, code: string): void {
  expect(answer.json).toMatchObject({ type: `urn:laurel:problem:${code}`, status });
  expect(answer.status).toBe(status);
  expect(answer.type).toBe('application/problem+json');
  expect(problemDocument.strict().safeParse(answer.json).error).toBeUndefined();
}

describe('answers to wrong fields', () => {
  it('names every field of a body: pointer, code and sentence', async () => {
    const answer = await call('POST', '/courses', {
      recipient: { name: 7, 'odd/key~': 'x' },
      tags: ['a', 1],
      surprise: 'asha',
    });
    expectProblem(answer, 400, 'validation');
    expect(answer.json['errors']).toEqual([
      { in: 'body', pointer: '/title', code: 'missing', detail: 'is missing (must be a text)' },
      { in: 'body', pointer: '/recipient/name', code: 'invalid_type', detail: 'must be a text' },
      {
        in: 'body',
        pointer: '/recipient/odd~1key~0',
        code: 'invalid_type',
        detail: 'must be a number, without quotes',
      },
      { in: 'body', pointer: '/tags/1', code: 'invalid_type', detail: 'must be a text' },
      { in: 'body', pointer: '/surprise', code: 'unknown', detail: 'is not a known field' },
    ]);
    expect(answer.json['detail']).toMatch(/^body \/title: is missing .*; and 2 more\.$/);
    expect(answer.body).not.toContain('asha');
  });

  it('names the fields of the nearest branch of a union', async () => {
    const answer = await call('POST', '/courses', { title: 'x', way: { kind: 'b' } });
    expect(answer.json['errors']).toEqual([
      { in: 'body', pointer: '/way/z', code: 'missing', detail: expect.any(String) as unknown },
    ]);
  });

  it('names every type that a value may have', async () => {
    const answer = await call('POST', '/courses', { title: 'x', limit: true });
    expect(answer.json['detail']).toBe('body /limit: must be a text or a number, without quotes.');
  });

  it('says so when there is no body at all', async () => {
    const answer = await call('POST', '/courses');
    expectProblem(answer, 400, 'validation');
    expect(answer.json['errors']).toEqual([
      { in: 'body', pointer: '', code: 'missing', detail: expect.any(String) as unknown },
    ]);
  });

  it('tells path, query and header apart', async () => {
    expect((await call('GET', '/courses/nope')).json['errors']).toMatchObject([
      { in: 'path', name: 'id', pointer: '', code: 'invalid_format' },
    ]);
    expect((await call('GET', '/courses/search?limit=11')).json['errors']).toMatchObject([
      { in: 'query', pointer: '/limit', code: 'too_big' },
    ]);
    expect((await call('GET', '/courses/header')).json['errors']).toMatchObject([
      { in: 'header', name: 'x-request', code: 'missing' },
    ]);
  });

  it('hands on what the schema made of the value', async () => {
    expect((await call('GET', '/courses/search')).json).toEqual({ limit: 3 });
    expect((await call('POST', '/courses', { title: 'x' })).json).toEqual({ title: 'x', tags: [] });
  });

  it('refuses a body of more than 64 levels, whatever the schema lets through', async () => {
    const lists = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    const deep = (levels: number) => `{"title":"x","surprise":${lists(levels - 1)}}`;
    expectProblem(await call('POST', '/courses', deep(64)), 400, 'validation');
    const objects = `${'{"title":'.repeat(20_000)}""${'}'.repeat(20_000)}`;
    for (const body of [deep(65), deep(100_000), lists(100_000), objects]) {
      const answer = await call('POST', '/courses', body);
      expectProblem(answer, 400, 'too-deep');
      expect(answer.json['detail']).toMatch(/deeper than 64 levels/);
    }
  });

  it('names no more than fifty', async () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`k${index}`, 1]));
    expect((await call('POST', '/courses', { title: 'x', ...many })).json['errors']).toHaveLength(50);
  });
});
