import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { AppName } from '@laurel/contracts';
import type { Messaging, MessagingOptions } from '@laurel/messaging';
import { createMessaging } from '@laurel/messaging';
import { createDatabase, waitFor, watchMachine } from '@laurel/testing';
import { Controller, Get, Module, type OnApplicationShutdown, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { Public } from '../auth/public.decorator.ts';
import type { HealthReport } from '../health/health-report.ts';
import { createService } from './create-service.ts';
import type { Service } from './service.ts';

// No contract names it: every real service consumes something, and this one is about something else.
const nobody = 'nobody' as AppName;

/** What happened, in its order. */
let ledger: string[] = [];
let finishRequest = (): void => undefined;
let requestIsIn = (): void => undefined;

@Public()
@Controller()
class SlowController implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  @Get('slow')
  async slow(): Promise<unknown> {
    const mayEnd = new Promise<void>((resolve) => (finishRequest = resolve));
    requestIsIn();
    await mayEnd;
    // The pool is still there for a request that was let in.
    const [row] = await this.dataSource.query<[{ one: number }]>('SELECT 1 AS one');
    ledger.push('request answered');
    return row;
  }

  /** Its head is out before the shutdown begins, so that it cannot say `connection: close`. */
  @Get('stream')
  stream(@Res() reply: FastifyReply): void {
    const body = new PassThrough();
    body.write('begun, ');
    finishRequest = () => void body.end('ended');
    void reply.header('content-type', 'text/plain').send(body);
  }

  @Get('quick')
  quick(): unknown {
    return {};
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.query('SELECT 1');
    ledger.push('module shut down');
  }
}

@Module({ controllers: [SlowController] })
class TestModule {}

let service: Service | undefined;
afterEach(async () => {
  finishRequest();
  await service?.stop().catch(() => undefined);
});

async function start(change: (messaging: Messaging) => Messaging): Promise<string> {
  ledger = [];
  const { brokers, postgresUrl } = inject('stack');
  service = await createService(
    { name: nobody, settings: z.object({}), database: { entities: [], migrations: [] }, module: TestModule },
    {
      LAUREL_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: await createDatabase(postgresUrl, 'shutdown'),
      KAFKA_BROKERS: brokers.join(','),
    },
    { messaging: (options: MessagingOptions) => change(createMessaging(options)) },
  );
  return service.start();
}

/** The real messaging, with a look at when each of its ends is reached, and with its first one held until the test lets it go. */
function watched(hold: Promise<void>) {
  return (messaging: Messaging): Messaging => ({
    ...messaging,
    async stopTaking() {
      await hold;
      await messaging.stopTaking();
      ledger.push('consumers stopped');
    },
    async closeRelay() {
      await messaging.closeRelay();
      ledger.push('relay closed');
    },
  });
}

async function get(url: string, agent: Agent): Promise<IncomingMessage & { body: string }> {
  const [answer] = (await once(request(url, { agent }).end(), 'response')) as [IncomingMessage];
  let body = '';
  for await (const part of answer.setEncoding('utf8')) body += part;
  return Object.assign(answer, { body });
}

describe('shutdown', () => {
  it('ends in the right order, answers what is in flight, and does not wait for a kept connection', async () => {
    let letGo = (): void => undefined;
    const url = await start(watched(new Promise((resolve) => (letGo = resolve))));
    const agent = new Agent({ keepAlive: true });
    const idle = new Agent({ keepAlive: true });
    expect((await get(`${url}/quick`, idle)).headers.connection).toBe('keep-alive');
    expect((await get(`${url}/health/ready`, idle)).statusCode).toBe(200);
    const isIn = new Promise<void>((resolve) => (requestIsIn = resolve));
    const slow = get(`${url}/slow`, agent);
    await isIn;

    const stopping = service?.stop();
    // Not ready from the first moment, while HTTP still answers and the consumers finish their slices.
    const ready = await get(`${url}/health/ready`, idle);
    expect(ready.statusCode).toBe(503);
    expect((JSON.parse(ready.body) as HealthReport).reasons).toContain('the service is stopping');
    expect((await get(`${url}/health/live`, idle)).statusCode).toBe(200);
    expect(ledger).toEqual([]);
    letGo();
    // New connections are refused once HTTP closes, which comes after the relay.
    await expect
      .poll(() =>
        get(`${url}/quick`, new Agent()).then(
          () => 'answered',
          (error: { code: string }) => error.code,
        ),
      )
      .toBe('ECONNREFUSED');
    expect(ledger).toEqual(['consumers stopped', 'relay closed']);

    const [answeredAt, limitOf] = [performance.now(), watchMachine()];
    finishRequest();
    const answer = await slow;
    expect(answer).toMatchObject({ statusCode: 200, body: '{"one":1}' });
    expect(answer.headers.connection).toBe('close');
    await stopping;
    expect((performance.now() - answeredAt) / 1_000).toBeLessThan(limitOf(1));
    expect(ledger).toEqual(['consumers stopped', 'relay closed', 'request answered', 'module shut down']);
    expect(service?.app.get(DataSource).isInitialized).toBe(false);
  });

  it('ends a connection that was kept by an answer of before', async () => {
    const url = await start(watched(Promise.resolve()));
    const agent = new Agent({ keepAlive: true });
    const [answer] = (await once(request(`${url}/stream`, { agent }).end(), 'response')) as [IncomingMessage];
    expect(answer.headers.connection).toBe('keep-alive');
    const stopping = service?.stop();
    await waitFor(
      'the relay to be closed',
      () => ledger,
      (seen) => seen.includes('relay closed'),
    );
    finishRequest();
    let body = '';
    for await (const part of answer.setEncoding('utf8')) body += part;
    expect(body).toBe('begun, ended');
    const [ended, limitOf] = [performance.now(), watchMachine()];
    await stopping;
    expect((performance.now() - ended) / 1_000).toBeLessThan(limitOf(1));
  });

  it('happens once, however often it is asked for', async () => {
    await start(watched(Promise.resolve()));
    await Promise.all([service?.stop(), service?.stop()]);
    await service?.stop();
    expect(ledger).toEqual(['consumers stopped', 'relay closed', 'module shut down']);
  });

  it('goes on after a part that fails, and tells of it at the end', async () => {
    await start((messaging) => ({
      ...watched(Promise.resolve())(messaging),
      stopTaking: () => messaging.stopTaking().then(() => Promise.reject(new Error('on purpose'))),
    }));
    await expect(service?.stop()).rejects.toThrow('The shutdown was not clean');
    expect(ledger).toEqual(['relay closed', 'module shut down']);
    expect(service?.app.get(DataSource).isInitialized).toBe(false);
  });
});
