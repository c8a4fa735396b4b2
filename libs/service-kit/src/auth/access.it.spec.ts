import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startOidc } from '@laurel/testing';
import { traceContext } from '@laurel/messaging';
import { Controller, Get, Inject, Module } from '@nestjs/common';
import { SignJWT, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LOGGER, type Logger } from '../logging/logger.token.ts';
import { createService } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';
import { CurrentCaller } from './current-caller.decorator.ts';
import type { Caller } from './caller.ts';
import { CurrentTenant } from './current-tenant.decorator.ts';
import { Internal } from './internal.decorator.ts';
import { Public } from './public.decorator.ts';
import { Roles } from './roles.decorator.ts';

@Controller()
@Roles('creator', 'admin')
class CoursesController {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  @Get('courses')
  list(@CurrentCaller() caller: Caller): unknown {
    this.logger.info('Listed');
    return { ...caller, trace: traceContext.getStore()?.tenantId };
  }

  @Get('tenants/:tenantId/courses')
  ofTenant(@CurrentTenant() tenantId: string): unknown {
    return { tenantId };
  }

  @Roles('operator', 'creator')
  @Get('tenants/:tenantId/usage')
  usage(@CurrentTenant() tenantId: string): unknown {
    return { tenantId };
  }

  @Internal()
  @Get('internal/pictures')
  pictures(@CurrentCaller() caller: Caller): unknown {
    return caller;
  }

  @Public()
  @Get('verify')
  verify(): unknown {
    return { open: true };
  }

  @Public()
  @Get('confused')
  confused(@CurrentCaller() caller: Caller): unknown {
    return caller;
  }
}

@Module({ controllers: [CoursesController] })
class TestModule {}

let folder: string;
let oidc: Awaited<ReturnType<typeof startOidc>>;
let service: Service;
let url: string;
let log = '';

async function start(): Promise<{ service: Service; url: string }> {
  const made = await createService(
    { name: 'asset-store', settings: z.object({}), module: TestModule },
    { LAUREL_ENV: 'test', HOST: '127.0.0.1', PORT: '0', OIDC_ISSUER: oidc.issuer },
    { logDestination: { write: (line) => void (log += line) } },
  );
  return { service: made, url: await made.start() };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-oidc-'));
  oidc = await startOidc({ folder, port: await freePort() });
  ({ service, url } = await start());
});
afterAll(async () => {
  await service.stop();
  await oidc.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function get(path: string, token?: string, at = url) {
  const answer = await fetch(at + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  return {
    status: answer.status,
    challenge: answer.headers.get('www-authenticate'),
    json: (await answer.json()) as Record<string, unknown>,
  };
}

describe('a token of the real provider', () => {
  it('opens the routes of its role, and tells who calls', async () => {
    const { status, json } = await get('/courses', await oidc.token('demo-creator'));
    expect(json).toEqual({
      subject: 'demo-creator',
      kind: 'user',
      tenantId: 'demo',
      roles: ['creator'],
      trace: 'demo',
    });
    expect(status).toBe(200);
  });

  it('does not open the routes of other roles', async () => {
    const { status, challenge, json } = await get('/courses', await oidc.token('demo-viewer'));
    expect(status).toBe(403);
    expect(json).toMatchObject({
      type: 'urn:laurel:problem:role-missing',
      detail: 'This needs one of the roles creator, admin; the token has viewer.',
    });
    expect(challenge).toBe('Bearer realm="laurel", error="insufficient_scope"');
  });

  it('puts the tenant, never the person, into the log', async () => {
    log = '';
    await get('/courses', await oidc.token('demo-two-creator'));
    expect(log).toContain('"tenantId":"demo-two"');
    expect(log).not.toContain('demo-two-creator');
  });

  it('stays in its tenant', async () => {
    const token = await oidc.token('demo-creator');
    expect(await get('/tenants/demo/courses', token)).toMatchObject({ status: 200, json: { tenantId: 'demo' } });
    expect(await get('/tenants/demo-two/courses', token)).toMatchObject({
      status: 403,
      json: { type: 'urn:laurel:problem:wrong-tenant' },
    });
    expect(await get('/tenants/demo-two/usage', token)).toMatchObject({ status: 403 });
    expect(await get('/tenants/DEMO/courses', token)).toMatchObject({ status: 403 });
  });

  it('of an operator reaches every tenant that a path names', async () => {
    const token = await oidc.token('demo-operator');
    expect(await get('/tenants/demo-two/usage', token)).toMatchObject({ status: 200, json: { tenantId: 'demo-two' } });
    expect(await get('/tenants/demo-two/courses', token)).toMatchObject({
      status: 403,
      json: { type: 'urn:laurel:problem:role-missing' },
    });
  });

  it('of a service opens internal routes and nothing else', async () => {
    const token = await oidc.token('laurel-services');
    expect(await get('/internal/pictures', token)).toMatchObject({
      status: 200,
      json: { kind: 'service', subject: 'laurel-services' },
    });
    expect(await get('/courses', token)).toMatchObject({ status: 401 });
  });

  it('of a person does not open internal routes', async () => {
    const { status, json } = await get('/internal/pictures', await oidc.token('demo-operator'));
    expect(status).toBe(401);
    expect(json['detail']).toContain('audience is not laurel-internal');
  });
});

describe('public routes', () => {
  it('need no token and look at none', async () => {
    expect(await get('/verify')).toMatchObject({ status: 200, json: { open: true } });
    expect((await get('/verify', 'rubbish')).status).toBe(200);
  });

  it('have no caller to give', async () => {
    expect((await get('/confused', await oidc.token('demo-creator'))).status).toBe(500);
  });
});

describe('a provider that is away', () => {
  it('is a 503, not a 401; keys that are known serve on; it is back with the provider', async () => {
    const token = await oidc.token('demo-creator');
    const claims = new SignJWT({ iss: oidc.issuer, aud: 'laurel', sub: 'x' }).setExpirationTime('5m');
    const { privateKey } = await generateKeyPair('RS256');
    const unknownKey = await claims.setProtectedHeader({ alg: 'RS256', kid: 'new-key' }).sign(privateKey);
    const fresh = await start();
    await oidc.stop();
    try {
      const { status, json, challenge } = await get('/courses', token, fresh.url);
      expect({ status, ...json, challenge }).toMatchObject({
        status: 503,
        type: 'urn:laurel:problem:identity-provider-unavailable',
        challenge: null,
      });
      expect((await get('/courses', token)).status).toBe(200);
      expect((await get('/verify', undefined, fresh.url)).status).toBe(200);
      // Not even a bad token is called bad while nobody can tell; what shows by itself needs no provider.
      expect((await get('/courses', unknownKey, fresh.url)).status).toBe(503);
      expect((await get('/courses', 'rubbish', fresh.url)).status).toBe(401);
      oidc = await startOidc({ folder, port: Number(new URL(oidc.issuer).port) });
      await expect.poll(async () => (await get('/courses', token, fresh.url)).status, { timeout: 5_000 }).toBe(200);
    } finally {
      await fresh.service.stop();
    }
  });
});
