import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { traceContext } from '@laurel/messaging';
import { freePort, startOidc } from '@laurel/testing';
import { Body, Controller, Get, Headers, Inject, Module, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CurrentTenant } from '../auth/current-tenant.decorator.ts';
import { Internal } from '../auth/internal.decorator.ts';
import { Public } from '../auth/public.decorator.ts';
import { Roles } from '../auth/roles.decorator.ts';
import { Problem } from '../problems/problem.ts';
import { createService } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';
import { internalHttpSettings } from './internal-http-settings.ts';
import { type InternalAnswer, InternalHttp } from './internal-http.ts';

const seconds = 1_000;
const anyJson = z.looseObject({});

@Internal()
@Controller('internal')
class GeneratorController {
  @Post('echo')
  echo(
    @Body({ schema: anyJson }) body: object,
    @CurrentTenant() tenantId: string,
    @Headers('authorization') authorization: string,
  ): unknown {
    return {
      body,
      tenantId,
      token: createHash('sha256').update(authorization).digest('hex'),
      trace: traceContext.getStore(),
    };
  }

  @Get('forever')
  forever(): Promise<never> {
    return new Promise(() => undefined);
  }

  @Get('away')
  away(): never {
    throw new Problem(503, { code: 'x', detail: 'Its own words.', headers: { 'retry-after': '7' } });
  }

  @Get('large')
  large(): Buffer {
    return Buffer.alloc(17 * 1024 * 1024);
  }
}

@Roles('creator')
@Controller('of-people')
class PeopleController {
  @Get()
  tenant(@CurrentTenant() tenantId: string): unknown {
    return { tenantId };
  }
}

/** A service that calls another one: where, each test says. */
let target = '';

@Public()
@Controller()
class CallerController {
  constructor(@Inject(InternalHttp) private readonly http: InternalHttp) {}

  @Post('calls')
  async call(@Body({ schema: z.object({ path: z.string(), timeoutMs: z.number().optional() }) }) body: Call) {
    const options = body.path === '/internal/echo' ? { json: { a: 1 }, tenantId: 'acme' } : {};
    const { timeoutMs } = body;
    const patience = timeoutMs === undefined ? {} : { timeoutMs };
    return jsonOf(
      await this.http.call(target, body.path, { ...options, ...patience, service: 'certificate-generator' }),
    );
  }
}

interface Call {
  readonly path: string;
  readonly timeoutMs?: number | undefined;
}

const jsonOf = ({ status, body }: InternalAnswer) => ({ status, json: JSON.parse(body.toString()) as unknown });

@Module({ controllers: [GeneratorController, PeopleController] })
class GeneratorModule {}
@Module({ controllers: [CallerController] })
class CallerModule {}

let folder: string;
let oidc: Awaited<ReturnType<typeof startOidc>>;
let generator: Running;
let caller: Running;
let log = '';

interface Running {
  readonly service: Service;
  readonly url: string;
}

const base = () => ({ LAUREL_ENV: 'test', HOST: '127.0.0.1', PORT: '0', OIDC_ISSUER: oidc.issuer });

async function startGenerator(): Promise<Running> {
  const definition = { name: 'certificate-generator', settings: z.object({}), module: GeneratorModule } as const;
  const service = await createService(definition, { ...base(), LOG_LEVEL: 'silent' });
  return { service, url: await service.start() };
}

async function startCaller(secret?: string): Promise<Running> {
  const client = oidc.clients.find(({ id }) => id === 'laurel-services');
  const service = await createService(
    { name: 'asset-store', settings: internalHttpSettings, module: CallerModule },
    { ...base(), OIDC_CLIENT_ID: 'laurel-services', OIDC_CLIENT_SECRET: secret ?? client?.secret },
    { logDestination: { write: (line) => void (log += line) } },
  );
  return { service, url: await service.start() };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-internal-'));
  oidc = await startOidc({ folder, port: await freePort() });
  [generator, caller] = await Promise.all([startGenerator(), startCaller()]);
  target = generator.url;
});
afterAll(async () => {
  await Promise.all([generator.service.stop(), caller.service.stop()]);
  await oidc.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function call(body: Call, headers: Record<string, string> = {}, at = caller.url) {
  const answer = await fetch(`${at}/calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    json: anyJson.parse(await answer.json()),
  };
}

const tokenOf = (answer: Awaited<ReturnType<typeof call>>) => (answer.json['json'] as { token: string }).token;

describe('a call between services', () => {
  it('opens an internal route in a tenant, with the trace and correlation of the request that it serves', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'x-correlation-id': 'c-1' };
    expect(await call({ path: '/internal/echo' }, headers)).toMatchObject({
      json: {
        status: 201,
        json: {
          body: { a: 1 },
          tenantId: 'acme',
          trace: { tenantId: 'acme', correlationId: 'c-1', traceparent: expect.stringContaining(traceId) as unknown },
        },
      },
    });
  });

  it('keeps its token, and gets another when the provider has other keys and the old one is refused', async () => {
    const [first, second] = [await call({ path: '/internal/echo' }), await call({ path: '/internal/echo' })];
    expect(tokenOf(second)).toBe(tokenOf(first));
    await oidc.stop();
    const file = join(folder, 'oidc.json');
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { signingKeys: object[] };
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
    writeFileSync(file, JSON.stringify({ ...kept, signingKeys: [{ ...key, kid: 'other', use: 'sig', alg: 'RS256' }] }));
    oidc = await startOidc({ folder, port: Number(new URL(oidc.issuer).port) });
    // It knows the new keys alone, while the caller still holds a token of the old ones.
    await generator.service.stop();
    generator = await startGenerator();
    target = generator.url;
    const third = await call({ path: '/internal/echo' });
    expect(third).toMatchObject({ json: { status: 201 } });
    expect(tokenOf(third)).not.toBe(tokenOf(first));
    expect(tokenOf(await call({ path: '/internal/echo' }))).toBe(tokenOf(third));
  });

  it('opens no route of people, and people open no internal one, whatever tenant they name', async () => {
    expect(await call({ path: '/of-people' })).toMatchObject({ json: { status: 401 } });
    const ask = async (path: string, token: string) => {
      const headers = { authorization: `Bearer ${token}`, 'x-tenant-id': 'demo-two' };
      const answer = await fetch(generator.url + path, { headers });
      return { status: answer.status, json: await answer.json() };
    };
    const creator = await oidc.token('demo-creator');
    expect((await ask('/internal/large', creator)).status).toBe(401);
    expect(await ask('/of-people', creator)).toEqual({ status: 200, json: { tenantId: 'demo' } });
  });

  it.each([
    ['does not answer in time', () => ({ path: '/internal/forever', timeoutMs: 300 }), '2', 'no answer in time'],
    ['is not there', () => ((target = 'http://127.0.0.1:1'), { path: '/internal/echo' }), '2', '127.0.0.1:1'],
    ['says that it cannot for now', () => ({ path: '/internal/away' }), '7', 'certificate-generator answers 503'],
  ])('is a 503 that names the service when it %s', async (_, what, retryAfter, reason) => {
    try {
      log = '';
      const begun = performance.now();
      expect(await call(what())).toMatchObject({
        status: 503,
        retryAfter,
        json: {
          type: 'urn:laurel:problem:service-unavailable',
          detail: 'This needs certificate-generator, which does not answer; try again in a moment.',
        },
      });
      expect(performance.now() - begun).toBeLessThan(5 * seconds);
      expect(log).toContain(reason);
    } finally {
      target = generator.url;
    }
  });

  it('is a 503 without a token, and the log tells what to look at, never the secret', async () => {
    log = '';
    const other = await startCaller('a-wrong-secret');
    try {
      expect(await call({ path: '/internal/echo' }, {}, other.url)).toMatchObject({ status: 503 });
      expect(log).toContain('look at OIDC_CLIENT_ID and OIDC_CLIENT_SECRET');
      expect(log).not.toContain('a-wrong-secret');
    } finally {
      await other.service.stop();
    }
  });

  it('brings at most 16 MB', async () => {
    log = '';
    expect((await call({ path: '/internal/large' })).status).toBe(500);
    expect(log).toContain('answers more than 16777216 bytes');
  });
});

it('needs the provider, named at boot', async () => {
  const definition = { name: 'asset-store', settings: internalHttpSettings, module: CallerModule } as const;
  const { OIDC_ISSUER: _, ...rest } = { ...base(), OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y', LOG_LEVEL: 'silent' };
  await expect(createService(definition, rest)).rejects.toThrow('OIDC_ISSUER is missing');
});
