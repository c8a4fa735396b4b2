import { Body, Controller, Get, Module, NotFoundException, Param, Post } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { QueryFailedError } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Public } from '../auth/public.decorator.ts';
import { createService } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';
import { problemDocument } from './problem-document.ts';
import { Problem } from './problem.ts';

const newCourse = z.object({ title: z.string() });

@Public()
@Controller('courses')
class CoursesController {
  @Post()
  create(@Body({ schema: newCourse }) body: z.output<typeof newCourse>): unknown {
    return body;
  }
}

@Public()
@Controller()
class FailingController {
  @Get('ids/:id')
  echo(@Param('id') id: string): unknown {
    return { id };
  }

  @Get('bug')
  bug(): never {
    throw new TypeError('cannot read asha of undefined');
  }

  @Get('thrown/string')
  string(): never {
    throw 'asha'; // eslint-disable-line @typescript-eslint/only-throw-error -- exactly this is tested
  }

  @Get('problem')
  problem(): never {
    throw new Problem(409, {
      code: 'course-closed',
      detail: 'The course is closed; open it first.',
      headers: { 'retry-after': '7' },
    });
  }

  @Get('nest')
  nest(): never {
    throw new NotFoundException('There is no course with this id.');
  }

  @Get('outage')
  outage(): never {
    throw new QueryFailedError('SELECT 1', [], Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
  }
}

@Module({ controllers: [CoursesController, FailingController] })
class TestModule {}

let service: Service;
let http: FastifyInstance;
let log = '';

beforeAll(async () => {
  service = await createService(
    { name: 'asset-store', settings: z.object({}), module: TestModule, http: { bodyLimit: 1_000 } },
    { LAUREL_ENV: 'test', LOG_LEVEL: 'warn' },
    { logDestination: { write: (line) => void (log += line) } },
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

describe('answers to what the HTTP layer refuses', () => {
  it.each([
    ['an unknown route', 'GET', '/asha@mail.example', undefined, {}, 404, 'not-found'],
    ['malformed JSON', 'POST', '/courses', '{"title": asha', {}, 400, 'malformed-json'],
    ['__proto__', 'POST', '/courses', '{"title":"x","__proto__":{"admin":true}}', {}, 400, 'malformed-json'],
    [
      'constructor.prototype',
      'POST',
      '/courses',
      '{"title":"x","constructor":{"prototype":{}}}',
      {},
      400,
      'malformed-json',
    ],
    ['an empty body', 'POST', '/courses', '', { 'content-type': 'application/json' }, 400, 'empty-body'],
    ['a large body', 'POST', '/courses', { title: 'x'.repeat(1_000) }, {}, 413, 'body-too-large'],
    ['XML', 'POST', '/courses', '<x/>', { 'content-type': 'application/xml' }, 415, 'unsupported-media-type'],
    [
      'a form',
      'POST',
      '/courses',
      'title=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported-media-type',
    ],
    ['plain text', 'POST', '/courses', 'title', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['a broken escape', 'GET', '/ids/%zz', undefined, {}, 400, 'malformed-url'],
    ['an endless id', 'GET', `/ids/${'x'.repeat(2_000)}`, undefined, {}, 414, 'path-too-long'],
  ] as const)('%s', async (_, method, url, body, headers, status, code) => {
    const answer = await call(method, url, body, headers);
    expectProblem(answer, status, code);
    expect(answer.body).not.toContain('asha');
  });

  it('names the limit of a body', async () => {
    expect((await call('POST', '/courses', { title: 'x'.repeat(1_000) })).json['detail']).toContain('1000 bytes');
  });

  it('takes an id of 128 characters of four bytes each', async () => {
    const id = '𝒜'.repeat(128);
    expect((await call('GET', `/ids/${encodeURIComponent(id)}`)).json).toEqual({ id });
  });
});

describe('answers to what a handler throws', () => {
  it.each(['/bug', '/thrown/string'])('tells nothing of what nobody foresaw, and logs it (%s)', async (url) => {
    log = '';
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await call('GET', url, undefined, {
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      'x-correlation-id': 'c-7',
    });
    expectProblem(answer, 500, 'internal');
    expect(answer.json).toMatchObject({ traceId });
    expect(answer.body).not.toContain('asha');
    expect(JSON.parse(log)).toMatchObject({ level: 'error', traceId, correlationId: 'c-7', method: 'GET', route: url });
  });

  it('gives problems as they are, with their headers, unlogged', async () => {
    log = '';
    const answer = await call('GET', '/problem');
    expectProblem(answer, 409, 'course-closed');
    expect(answer.headers['retry-after']).toBe('7');
    expect(log).toBe('');
  });

  it('gives Nest’s exceptions as problems', async () => {
    const answer = await call('GET', '/nest');
    expectProblem(answer, 404, 'not-found');
    expect(answer.json['detail']).toBe('There is no course with this id.');
  });

  it('gives an outage as 503, not as a bug', async () => {
    const answer = await call('GET', '/outage');
    expectProblem(answer, 503, 'dependency-unavailable');
    expect(answer.headers['retry-after']).toBe('1');
  });
});

describe('every answer', () => {
  it.each(['/ids/x', '/nowhere', '/bug'])('has the security headers (%s)', async (url) => {
    expect((await call('GET', url)).headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });

  it('begins a trace where the caller has none, and takes no log-breaking correlation id', async () => {
    log = '';
    const answer = await call('GET', '/bug', undefined, { 'x-correlation-id': 'a b\u0007' });
    expect(answer.json['traceId']).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.parse(log)).toMatchObject({ correlationId: answer.json['traceId'] });
  });
});

it('leaves exceptions of other transports alone', async () => {
  const { ProblemFilter } = await import('./problem.filter.ts');
  const error = new Error('of a consumer');
  expect(() => new ProblemFilter(service.logger).catch(error, { getType: () => 'rpc' } as never)).toThrow(error);
});
