import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ServiceToken } from './service-token.ts';

/** A provider that a test can bend: how long its tokens hold, and whether it gives any. */
let server: Server;
let issuer: string;
let given: number;
let expiresIn: number;
let status: number;
let authorization: string | undefined;

beforeEach(async () => {
  [given, expiresIn, status] = [0, 3600, 200];
  server = createServer((request, response) => {
    const isToken = request.url === '/token';
    if (isToken) authorization = request.headers.authorization;
    const body = isToken
      ? { access_token: `token-${(given += 1)}`, expires_in: expiresIn }
      : { issuer, jwks_uri: `${issuer}/jwks`, token_endpoint: `${issuer}/token` };
    response.writeHead(isToken ? status : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

const tokens = () => new ServiceToken({ issuer, clientId: 'a b', clientSecret: 'c:d' });

it('is asked for once by many, with client and secret encoded', async () => {
  const token = tokens();
  const got = await Promise.all(Array.from({ length: 20 }, () => token.get()));
  expect(new Set(got)).toEqual(new Set(['token-1']));
  expect(authorization).toBe(`Basic ${Buffer.from('a%20b:c%3Ad').toString('base64')}`);
});

it.each([
  [3600, 3_539_000, 3_541_000],
  [30, 14_000, 16_000],
])('that holds for %i s is renewed before its end', async (seconds, still, late) => {
  expiresIn = seconds;
  const token = tokens();
  const now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockReturnValue(now);
  expect(await token.get()).toBe('token-1');
  clock.mockReturnValue(now + still);
  expect(await token.get()).toBe('token-1');
  clock.mockReturnValue(now + late);
  expect(await token.get()).toBe('token-2');
});

it('that was refused is renewed once, however many were refused with it', async () => {
  const token = tokens();
  const old = await token.get();
  token.refused(old);
  expect(await token.get()).toBe('token-2');
  token.refused(old);
  expect(await token.get()).toBe('token-2');
});

it('is asked for again after a failure', async () => {
  status = 401;
  const token = tokens();
  await expect(token.get()).rejects.toThrow('answers 401 to the client a b: look at OIDC_CLIENT_ID');
  status = 200;
  expect(await token.get()).toBe('token-2');
});
