import { connect } from 'node:net';
import { traceContext } from '@laurel/messaging';
import { waitFor } from '@laurel/testing';
import { Body, Controller, Module, Post } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { Public } from '../auth/public.decorator.ts';
import { createService } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';

@Public()
@Controller()
class EchoController {
  @Post('context')
  async context(@Body({ schema: z.object({}) }) _body: object): Promise<unknown> {
    await Promise.resolve();
    return traceContext.getStore();
  }
}

@Module({ controllers: [EchoController] })
class TestModule {}

let service: Service;
let port: number;
let begun = 0;

beforeAll(async () => {
  service = await createService(
    { name: 'asset-store', settings: z.object({}), module: TestModule },
    { LAUREL_ENV: 'test', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' },
  );
  const server: FastifyInstance = service.app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (_request, _reply, done) => {
    begun += 1;
    done();
  });
  port = Number(new URL(await service.start()).port);
});
afterAll(() => service.stop());

/** Sends bytes as they are: no HTTP client would make these requests. */
function send(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('close', () => resolve(text)).on('error', reject);
  });
}

it.each([
  ['what is no HTTP', 'asha\r\n\r\n', 400, 'malformed-request'],
  ['endless headers', `GET / HTTP/1.1\r\nhost: x\r\nx-asha: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
])('answers %s with a problem too', async (_, bytes, status, code) => {
  const answer = await send(bytes);
  const [head, body] = answer.split('\r\n\r\n') as [string, string];
  expect(head).toContain(`HTTP/1.1 ${status} `);
  expect(head).toContain('Content-Type: application/problem+json');
  expect(JSON.parse(body)).toMatchObject({ type: `urn:laurel:problem:${code}`, status });
  expect(answer).not.toContain('asha');
});

it('counts requests by pattern, never by path', async () => {
  const at = `http://127.0.0.1:${port}`;
  await fetch(`${at}/certificates/asha@mail.example`);
  await (await fetch(`${at}/health/live`)).text();
  const answer = await fetch(`${at}/metrics`);
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(text).toMatch(/laurel_http_request_duration_seconds_count\{method="GET",route="none",status="404"\} \d+/);
  expect(text).toMatch(
    /laurel_http_request_duration_seconds_count\{method="GET",route="\/health\/live",status="200"\} \d+/,
  );
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toContain('asha');
});

it('keeps the trace context over a body that comes in parts, apart for each request', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const body = '{"a": 1 }';
  const head = (id: string, trace: string) =>
    `POST /context HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n` +
    `connection: close\r\nx-correlation-id: ${id}\r\ntraceparent: 00-${trace}-00f067aa0ba902b7-01\r\n\r\n`;
  for (const [index, id] of ['first', 'second'].entries()) {
    const trace = traceId.replace(/^./, String(index));
    const answer = await inParts([head(id, trace) + body.slice(0, 4), body.slice(4)]);
    const context = JSON.parse(answer.slice(answer.indexOf('{'))) as Record<string, string>;
    expect(context).toMatchObject({ correlationId: id, traceparent: expect.stringContaining(trace) as unknown });
    // The span is ours, not the caller's.
    expect(context['traceparent']).not.toContain('00f067aa0ba902b7');
  }
});

/** Sends the rest only after the request has been begun: Node then reads it outside of the request's context. */
function inParts([head, ...rest]: readonly string[]): Promise<string> {
  const before = begun;
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(String(head)));
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('close', () => resolve(text)).on('error', reject);
    waitFor(
      'the request to be begun',
      () => begun,
      (count) => count > before,
    ).then(() => socket.write(rest.join('')), reject);
  });
}

it.each([
  [
    'a port that is taken',
    () => ({ PORT: String(port) }),
    'is taken by another process: end that one, or set another PORT.',
  ],
  ['an address of another machine', () => ({ HOST: '192.0.2.1' }), 'this machine has no such address'],
])('says what to do about %s', async (_, settings, sentence) => {
  const other = await createService(
    { name: 'asset-store', settings: z.object({}), module: TestModule },
    { LAUREL_ENV: 'test', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', ...settings() },
  );
  await expect(other.start()).rejects.toThrow(sentence);
  await other.stop();
});
