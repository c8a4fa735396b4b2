import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../ports/free-port.ts';
import type { RunningOidc } from './running-oidc.ts';
import { startOidc } from './start-oidc.ts';

const folder = mkdtempSync(join(tmpdir(), 'laurel-oidc-'));
const back = 'http://127.0.0.1:1/callback';
let oidc: RunningOidc;
let port: number;

beforeAll(async () => {
  port = await freePort();
  oidc = await startOidc({ folder, port });
});

afterAll(async () => {
  await oidc.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The claims of a token whose signature a key of the published set confirms. */
async function claims(token: string): Promise<Record<string, unknown>> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, string>;
  const { keys } = (await (await fetch(`${oidc.issuer}/jwks`)).json()) as { keys: (JsonWebKey & { kid: string })[] };
  const key = keys.find((candidate) => candidate.kid === kid);
  expect(alg).toBe('RS256');
  const input = Buffer.from(`${header}.${payload}`);
  expect(
    verify(
      'sha256',
      input,
      createPublicKey({ key: key as JsonWebKey, format: 'jwk' }),
      Buffer.from(signature, 'base64url'),
    ),
  ).toBe(true);
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
}

it('gives a machine a token of its tenant and role', async () => {
  const token = await claims(await oidc.token('demo-two-issuer'));
  expect(token).toMatchObject({
    iss: oidc.issuer,
    aud: 'laurel',
    sub: 'demo-two-issuer',
    tenant: 'demo-two',
    roles: ['issuer'],
  });
});

it('gives the services tokens of their own audience, and nobody else', async () => {
  expect(await claims(await oidc.token('laurel-services'))).toMatchObject({ aud: 'laurel-internal', roles: [] });
  const admin = oidc.clients.find(({ id }) => id === 'demo-admin');
  const answer = await fetch(`${oidc.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`demo-admin:${admin?.secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'urn:laurel:internal' }),
  });
  expect(answer.status).toBe(400);
});

it('lets a person in with one click, by authorization code and PKCE', async () => {
  const verifier = 'v'.repeat(50);
  const jar = new Map<string, string>();
  const go = async (url: string, init: RequestInit = {}) => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(new URL(url, oidc.issuer), { redirect: 'manual', ...init, headers: { cookie } });
    for (const [, name = '', value = ''] of answer.headers
      .getSetCookie()
      .map((line) => /^([^=]+)=([^;]*)/.exec(line) ?? []))
      jar.set(name, value);
    return answer;
  };
  const query = new URLSearchParams({
    client_id: 'laurel-demo',
    response_type: 'code',
    redirect_uri: back,
    scope: 'openid profile',
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  });
  let answer = await go(`/auth?${query.toString()}`);
  const login = answer.headers.get('location') ?? '';
  const page = await (await go(login)).text();
  expect(page.match(/name="person"/g)).toHaveLength(12);
  answer = await go(login, { method: 'POST', body: new URLSearchParams({ person: 'demo-learner-person' }) });
  for (
    let at = answer.headers.get('location');
    at !== null && !at.startsWith(back);
    at = answer.headers.get('location')
  )
    answer = await go(at);
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const form = {
    grant_type: 'authorization_code',
    client_id: 'laurel-demo',
    redirect_uri: back,
    code_verifier: verifier,
    code,
  };
  const tokens = (await (await go('/token', { method: 'POST', body: new URLSearchParams(form) })).json()) as {
    access_token: string;
  };
  expect(await claims(tokens.access_token)).toMatchObject({
    aud: 'laurel',
    sub: 'demo-learner-person',
    tenant: 'demo',
    roles: ['learner'],
  });
});

it('keeps its keys and secrets, so that tokens outlive a restart', async () => {
  const token = await oidc.token('demo-viewer');
  expect(statSync(join(folder, 'oidc.json')).mode & 0o777).toBe(0o600);
  await oidc.kill();
  oidc = await startOidc({ folder, port });
  expect(await claims(token)).toMatchObject({ sub: 'demo-viewer' });
  expect(await oidc.token('demo-viewer')).not.toBe(token);
});
