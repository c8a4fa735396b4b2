import { Body, Controller, Get, Injectable, Module, Param, Post, Query } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Public } from '../auth/public.decorator.ts';
import { Roles } from '../auth/roles.decorator.ts';
import { Idempotency } from '../idempotency/idempotency.ts';
import { CreateIdempotency1770000000003 } from '../idempotency/idempotency.migration.ts';
import type { IdempotentRequest } from '../idempotency/idempotent-request.ts';
import { Idempotent } from '../idempotency/idempotent.decorator.ts';
import { defineCursor } from '../pagination/define-cursor.ts';
import { pageQuery } from '../pagination/page-query.ts';
import { pageSchema } from '../pagination/page-schema.ts';
import { createService } from '../service/create-service.ts';
import { createOpenApiDocument } from './create-openapi-document.ts';

const course = z.object({ id: z.string(), title: z.string() }).meta({ id: 'Course' });
const newCourse = z.object({ title: z.string(), places: z.number().default(10) }).meta({ id: 'NewCourse' });
const cursor = defineCursor('courses', z.object({ id: z.string() }));

@Injectable()
class Courses {
  constructor(
    readonly dataSource: DataSource,
    readonly idempotency: Idempotency,
  ) {
    throw new Error('preview mode makes no provider');
  }
}

@Roles('creator')
@Controller('courses')
class CoursesController {
  constructor(readonly courses: Courses) {}

  @Post()
  @ApiResponse({ status: 201, description: 'Made', standardSchema: course })
  create(@Idempotent() _request: IdempotentRequest, @Body({ schema: newCourse }) _body: unknown): void {}

  @Get()
  @ApiResponse({ status: 200, description: 'A page', standardSchema: pageSchema(course) })
  list(@Query({ schema: pageQuery(cursor) }) _query: unknown): void {}

  @Public()
  @Get(':id')
  read(@Param('id', { schema: z.uuid() }) _id: string): void {}
}

@Module({ controllers: [CoursesController], providers: [Courses] })
class TestModule {}

@Public()
@Controller('things')
class ThingsController {
  @Get(':id')
  read(@Param('id', { schema: z.uuid() }) _id: string): void {}

  @Post()
  create(@Body({ schema: newCourse }) _body: unknown): void {}
}

@Module({ controllers: [ThingsController] })
class ServedModule {}

describe('createOpenApiDocument', () => {
  it('describes routes, bodies, parameters, security and problems without making anything', async () => {
    const document = await createOpenApiDocument({
      name: 'lms',
      settings: z.object({ NEEDED: z.string() }),
      database: { entities: [], migrations: [CreateIdempotency1770000000003] },
      module: TestModule,
    });
    expect(Object.keys(document.paths)).toEqual(['/courses', '/courses/{id}']);
    const { post, get } = document.paths['/courses'] ?? {};
    expect(post).toMatchObject({ security: [{ bearer: [] }], 'x-access': ['creator'] });
    expect(document.paths['/courses/{id}']?.get?.security).toBeUndefined();
    expect(post?.requestBody).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/NewCourse' } } },
    });
    expect(post?.parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: false }]);
    expect(get?.parameters).toMatchObject([
      { name: 'limit', in: 'query', required: false, schema: { minimum: 1, maximum: 100, default: 20 } },
      { name: 'cursor', in: 'query', required: false, schema: { type: 'string' } },
    ]);
    expect(post?.responses).toMatchObject({
      201: { description: 'Made' },
      default: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    });
    expect(document.components?.schemas).toMatchObject({
      Course: { type: 'object' },
      NewCourse: { type: 'object', required: ['title'] },
      Problem: { type: 'object', required: ['type', 'title', 'status', 'detail'] },
    });
  });

  it('is served by the service that runs, made once, and the 404 of an unknown route names its path', async () => {
    const definition = { name: 'asset-store', settings: z.object({}), module: ServedModule } as const;
    const service = await createService(definition, { LAUREL_ENV: 'test', LOG_LEVEL: 'silent' });
    try {
      await service.app.init();
      const http: FastifyInstance = service.app.getHttpAdapter().getInstance();
      await http.ready();
      const lost = (await http.inject({ method: 'GET', url: '/' })).json<{ detail: string }>();
      const path = /GET (\/\S+)/.exec(lost.detail)?.[1] ?? '/none';
      const answer = await http.inject({ method: 'GET', url: path });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toContain('application/json');
      expect(answer.json<{ paths: object }>().paths).toHaveProperty('/things/{id}');
      expect((await http.inject({ method: 'GET', url: path })).body).toBe(answer.body);
      expect(answer.json()).toEqual(JSON.parse(JSON.stringify(await createOpenApiDocument(definition))));
    } finally {
      await service.stop();
    }
  });
});
