import { Body, Controller, Get, Module, Param, Post, Put, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Public } from '../auth/public.decorator.ts';
import { createOpenApiDocument } from '../openapi/create-openapi-document.ts';
import { createService } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';
import { RawBody, type RawContent } from './raw-body.decorator.ts';

@Public()
@Controller()
class FilesController {
  @Put('images/:id')
  image(
    @Param('id') id: string,
    @RawBody({ mediaTypes: ['image/png', 'image/jpeg'], maxBytes: 400_000 }) image: RawContent,
  ): unknown {
    return {
      id,
      mediaType: image.mediaType,
      hex: image.bytes.subarray(0, 4).toString('hex'),
      size: image.bytes.length,
    };
  }

  @Post('rows')
  rows(@RawBody({ mediaTypes: ['text/csv'], maxBytes: 100 }) csv: RawContent): unknown {
    return { text: csv.text() };
  }

  @Post('json')
  json(@Body({ schema: z.object({}) }) body: object): unknown {
    return body;
  }

  @Post('nothing')
  nothing(): unknown {
    return {};
  }

  @Get('files/:name')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  file(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    reply.header('cache-control', 'public, max-age=60');
    const bytes = Buffer.from('%PDF-1.7 \u0000\xff', 'latin1');
    return new StreamableFile(bytes, {
      type: 'application/pdf',
      disposition: `inline; filename="${name}.pdf"`,
      length: bytes.length,
    });
  }
}

@Module({ controllers: [FilesController] })
class TestModule {}

const definition = { name: 'asset-store', settings: z.object({}), module: TestModule } as const;
let service: Service;
let server: FastifyInstance;

beforeAll(async () => {
  service = await createService(definition, { LAUREL_ENV: 'test', LOG_LEVEL: 'silent' });
  await service.app.init();
  server = service.app.getHttpAdapter().getInstance();
});
afterAll(() => service.stop());

async function send(method: 'PUT' | 'POST', url: string, type: string | undefined, payload?: string | Buffer) {
  const headers = type === undefined ? {} : { 'content-type': type };
  const answer = await server.inject({
    method,
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
  } as InjectOptions);
  return { status: answer.statusCode, json: answer.json<Record<string, unknown>>(), headers: answer.headers };
}

describe('a raw body', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]);

  it('arrives byte by byte with its media type', async () => {
    expect(await send('PUT', '/images/a', 'Image/PNG; x=y', png)).toMatchObject({
      status: 200,
      json: { id: 'a', mediaType: 'image/png', hex: '89504e47', size: 6 },
    });
  });

  it('has a size of its own, above that of JSON or below', async () => {
    const most = await send('PUT', '/images/a', 'image/png', Buffer.alloc(400_000));
    expect(most).toMatchObject({ status: 200, json: { size: 400_000 } });
    expect(await send('PUT', '/images/a', 'image/png', Buffer.alloc(400_001))).toMatchObject({
      status: 413,
      json: {
        type: 'urn:laurel:problem:body-too-large',
        detail: 'The body is larger than 400000 bytes, the most that this route reads.',
      },
    });
    expect((await send('POST', '/rows', 'text/csv', 'x'.repeat(101))).status).toBe(413);
    expect((await send('POST', '/json', 'application/json', JSON.stringify({ a: 'x'.repeat(300_000) }))).status).toBe(
      413,
    );
  });

  it.each([
    ['/images/a', 'PUT', 'text/csv'],
    ['/images/a', 'PUT', 'application/json'],
    ['/images/a', 'PUT', 'image/svg+xml'],
    ['/images/a', 'PUT', undefined],
    ['/rows', 'POST', 'image/png'],
    ['/rows', 'POST', 'text/csv; charset=latin1'],
  ] as const)('of another type is refused: %s %s %s', async (url, method, type) => {
    const { status, json } = await send(method, url, type, '{}');
    expect({ status, type: json['type'] }).toEqual({ status: 415, type: 'urn:laurel:problem:unsupported-media-type' });
    expect(json['detail']).toContain(url === '/rows' ? 'reads text/csv;' : 'reads image/png or image/jpeg;');
  });

  it('is not read by the other routes of its service', async () => {
    for (const url of ['/json', '/nothing']) {
      expect(await send('POST', url, 'text/csv', 'a,b')).toMatchObject({
        status: 415,
        json: { detail: expect.stringContaining('This route reads application/json;') as unknown },
      });
    }
    expect((await send('POST', '/nothing', undefined)).status).toBe(201);
  });

  it('that is packed is refused', async () => {
    const headers = { 'content-type': 'text/csv', 'content-encoding': 'gzip' };
    const answer = await server.inject({ method: 'POST', url: '/rows', headers, payload: 'x' });
    expect(answer.statusCode).toBe(415);
  });

  it('must not be empty', async () => {
    for (const type of [undefined, 'text/csv']) {
      expect(await send('POST', '/rows', type)).toMatchObject({
        status: 400,
        json: { type: 'urn:laurel:problem:empty-body', detail: 'The body is empty; send text/csv.' },
      });
    }
  });

  it('is text without its byte order mark, or a problem', async () => {
    expect((await send('POST', '/rows', 'text/csv; charset="UTF-8"', '\ufeffलर्नर,1')).json).toEqual({ text: 'लर्नर,1' });
    expect(await send('POST', '/rows', 'text/csv', Buffer.from([0x61, 0xff]))).toMatchObject({
      status: 400,
      json: { type: 'urn:laurel:problem:not-utf-8' },
    });
  });

  it('stands in the OpenAPI document with its types', async () => {
    const { paths } = await createOpenApiDocument(definition);
    const binary = { schema: { type: 'string', format: 'binary' } };
    expect(paths['/images/{id}']?.put?.requestBody).toEqual({
      required: true,
      description: 'At most 400000 bytes.',
      content: { 'image/png': binary, 'image/jpeg': binary },
    });
    expect(paths['/files/{name}']?.get?.responses['200']).toMatchObject({ content: { 'application/pdf': binary } });
  });

  it('cannot be JSON', () => {
    expect(() => RawBody({ mediaTypes: ['application/json'], maxBytes: 1 })).toThrow('take @Body for application/json');
    expect(() => RawBody({ mediaTypes: ['Image/PNG'], maxBytes: 1 })).toThrow('lower case');
  });
});

it('answers bytes with the type and the headers of the handler', async () => {
  const answer = await server.inject({ method: 'GET', url: '/files/x' });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="x.pdf"',
    'content-length': '11',
    'cache-control': 'public, max-age=60',
    'x-content-type-options': 'nosniff',
  });
  expect(answer.rawPayload).toEqual(Buffer.from('%PDF-1.7 \u0000\xff', 'latin1'));
});
