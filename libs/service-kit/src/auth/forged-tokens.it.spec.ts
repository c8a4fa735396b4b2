import { createHmac, createPublicKey, type webcrypto } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startOidc } from '@laurel/testing';
import { Controller, Get, Module } from '@nestjs/common';
import { type JWK, SignJWT, UnsecuredJWT, generateKeyPair, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createService } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';
import { CurrentCaller } from './current-caller.decorator.ts';
import type { Caller } from './caller.ts';
import { CurrentTenant } from './current-tenant.decorator.ts';
import { Roles } from './roles.decorator.ts';

@Controller()
@Roles('creator', 'admin')
class CoursesController {
  @Get('courses')
  list(@CurrentCaller() caller: Caller): unknown {
    return caller;
  }

  @Roles('operator')
  @Get('platform')
  platform(@CurrentCaller() caller: Caller): unknown {
    return caller;
  }

  @Roles('operator')
  @Get('in-a-tenant')
  inATenant(@CurrentTenant() tenantId: string): unknown {
    return { tenantId };
  }
}

@Module({ controllers: [CoursesController] })
class TestModule {}

let folder: string;
let oidc: Awaited<ReturnType<typeof startOidc>>;
let service: Service;
let url: string;
let key: JWK & { kid: string };

async function start(environment: Record<string, string> = {}): Promise<{ service: Service; url: string }> {
  const made = await createService(
    { name: 'asset-store', settings: z.object({}), module: TestModule },
    { LAUREL_ENV: 'test', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', OIDC_ISSUER: oidc.issuer, ...environment },
  );
  return { service: made, url: await made.start() };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-oidc-'));
  oidc = await startOidc({ folder, port: await freePort() });
  key = (JSON.parse(readFileSync(join(folder, 'oidc.json'), 'utf8')) as { signingKeys: (typeof key)[] })
    .signingKeys[0] as typeof key;
  ({ service, url } = await start());
});
afterAll(async () => {
  await service.stop();
  await oidc.stop();
  rmSync(folder, { recursive: true, force: true });
});

const good = { sub: 'asha', tenant: 'demo', roles: ['creator'], aud: 'laurel' };

/** Signs what the provider itself would never sign, with its own key. */
async function forged(
  claims: Record<string, unknown>,
  { expires = '5m', header = {}, signWith = undefined as webcrypto.CryptoKey | undefined } = {},
) {
  const jwt = new SignJWT({ iss: oidc.issuer, ...good, ...claims }).setProtectedHeader({
    alg: 'RS256',
    kid: key.kid,
    ...header,
  });
  if (expires !== 'never') jwt.setExpirationTime(expires);
  return jwt.sign(signWith ?? (await importJWK(key, 'RS256')));
}

async function get(path: string, token?: string, at = url) {
  const answer = await fetch(at + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  return {
    status: answer.status,
    challenge: answer.headers.get('www-authenticate'),
    json: (await answer.json()) as Record<string, unknown>,
  };
}

describe('what is refused with 401', () => {
  const cases: [string, () => Promise<string> | string, string][] = [
    ['expired', () => forged({}, { expires: '-1m' }), 'The token has expired: get a new one'],
    ['without expiry', () => forged({}, { expires: 'never' }), 'The token has no exp claim'],
    ['not valid yet', () => forged({ nbf: Math.floor(Date.now() / 1000) + 300 }), 'The token is not valid yet'],
    [
      'of another audience',
      () => forged({ aud: 'somebody-else' }),
      'The token is not for this API: its audience is not laurel',
    ],
    ['without an audience', () => forged({ aud: undefined }), 'The token has no aud claim'],
    [
      'for both the API and services',
      () => forged({ aud: ['laurel', 'laurel-internal'] }),
      'The token is not for this API',
    ],
    ['of another issuer', () => forged({ iss: 'https://evil.example' }), 'The token is of another issuer'],
    ['of an issuer with a slash more', () => forged({ iss: `${oidc.issuer}/` }), 'The token is of another issuer'],
    ['without a subject', () => forged({ sub: undefined }), 'The token has no sub claim'],
    [
      'unsigned (alg none)',
      () => new UnsecuredJWT({ iss: oidc.issuer, ...good }).setExpirationTime('5m').encode(),
      'The token is signed with an algorithm that is not accepted',
    ],
    [
      'signed with HS256 and the public key',
      publicKeyAsSecret,
      'The token is signed with an algorithm that is not accepted',
    ],
    [
      'signed by an unknown key',
      async () => forged({}, { header: { kid: 'unknown' }, signWith: (await generateKeyPair('RS256')).privateKey }),
      'key that the issuer does not publish',
    ],
    [
      'signed by another key under a known id',
      async () => forged({}, { signWith: (await generateKeyPair('RS256')).privateKey }),
      'The signature of the token is wrong',
    ],
    [
      'with claims changed after signing',
      async () => altered(await oidc.token('demo-viewer')),
      'The signature of the token is wrong',
    ],
    ['no JWT', () => 'rubbish', 'The token is not a signed JWT'],
  ];

  it.each(cases)('a token that is %s', async (_, token, reason) => {
    const { status, challenge, json } = await get('/courses', await token());
    expect(json).toMatchObject({
      type: 'urn:laurel:problem:token-invalid',
      status: 401,
      detail: expect.stringContaining(reason) as unknown,
    });
    expect(status).toBe(401);
    expect(challenge).toMatch(/^Bearer realm="laurel", error="invalid_token", error_description="[^"]+"$/);
  });

  it('no token at all, with a challenge that names no error', async () => {
    expect(await get('/courses')).toMatchObject({
      status: 401,
      challenge: 'Bearer realm="laurel"',
      json: { type: 'urn:laurel:problem:token-missing' },
    });
  });

  it('a token anywhere but in a Bearer header', async () => {
    const token = await oidc.token('demo-creator');
    expect((await get(`/courses?access_token=${token}`)).status).toBe(401);
    for (const authorization of [`Basic ${token}`, token, `Bearer ${token}, Bearer ${token}`, 'Bearer']) {
      expect((await fetch(`${url}/courses`, { headers: { authorization } })).status).toBe(401);
    }
    expect((await fetch(`${url}/courses`, { headers: { authorization: `bearer ${token}` } })).status).toBe(200);
  });

  async function publicKeyAsSecret(): Promise<string> {
    const jwk = { kty: 'RSA', n: key.n as string, e: key.e as string };
    const spki = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const input = `${part({ alg: 'HS256', kid: key.kid })}.${part({ iss: oidc.issuer, ...good, exp: Math.floor(Date.now() / 1000) + 300 })}`;
    return `${input}.${createHmac('sha256', spki).update(input).digest('base64url')}`;
  }

  function altered(token: string): string {
    const [header, claims, signature] = token.split('.') as [string, string, string];
    const changed = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), roles: ['admin'] };
    return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
  }
});

describe('what a valid token lacks', () => {
  it('is its tenant, for everybody but operators', async () => {
    const { status, json } = await get('/courses', await forged({ tenant: undefined }));
    expect({ status, ...json }).toMatchObject({
      status: 403,
      type: 'urn:laurel:problem:tenant-missing',
      detail: expect.stringContaining('claim tenant') as unknown,
    });
    expect(await get('/platform', await forged({ tenant: undefined, roles: ['operator'] }))).toEqual({
      status: 200,
      challenge: null,
      json: { subject: 'asha', kind: 'user', roles: ['operator'] },
    });
    expect(await get('/in-a-tenant', await forged({ tenant: undefined, roles: ['operator'] }))).toMatchObject({
      status: 403,
    });
  });

  it.each([[['demo', 'demo-two']], ['Demo'], ['demo/../x'], [7]])('is one good tenant id, not %j', async (tenant) => {
    expect(await get('/courses', await forged({ tenant }))).toMatchObject({
      status: 403,
      json: { type: 'urn:laurel:problem:tenant-invalid' },
    });
  });

  it.each([[undefined], [[]], ['viewer'], [['Creator']], [{ creator: true }], [['root']]])(
    'is a role, with the claim %j',
    async (roles) => {
      expect(await get('/courses', await forged({ roles }))).toMatchObject({
        status: 403,
        json: { type: 'urn:laurel:problem:role-missing' },
      });
    },
  );

  it('is given 30 s for clocks that differ', async () => {
    expect((await get('/courses', await forged({}, { expires: '-20s' }))).status).toBe(200);
    expect((await get('/courses', await forged({}, { expires: '-40s' }))).status).toBe(401);
  });
});

describe('settings', () => {
  it('name the claims and the audience, and give a tenant to those who name none', async () => {
    const other = await start({
      TENANT_CLAIM: 'https://x.example/org',
      ROLES_CLAIM: 'realm_access.roles',
      OIDC_AUDIENCE: 'other',
      DEFAULT_TENANT: 'only-one',
    });
    try {
      const claims = {
        aud: ['other', 'account'],
        tenant: undefined,
        roles: undefined,
        realm_access: { roles: ['offline', 'creator'] },
      };
      expect(
        (await get('/courses', await forged({ ...claims, 'https://x.example/org': 'acme' }), other.url)).json,
      ).toMatchObject({ tenantId: 'acme', roles: ['creator'] });
      expect((await get('/courses', await forged(claims), other.url)).json).toMatchObject({ tenantId: 'only-one' });
      expect(
        (
          await get(
            '/courses',
            await forged({ ...claims, realm_access: undefined, 'realm_access.roles': 'creator viewer' }),
            other.url,
          )
        ).json,
      ).toMatchObject({ roles: ['creator', 'viewer'] });
      expect((await get('/courses', await forged({ ...claims, aud: 'laurel' }), other.url)).status).toBe(401);
    } finally {
      await other.service.stop();
    }
  });
});
