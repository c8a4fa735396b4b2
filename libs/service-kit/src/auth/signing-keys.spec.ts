import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JWK, SignJWT, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../problems/problem.ts';
import { SigningKeys } from './signing-keys.ts';

/** A provider that a test can bend: an HTTP server with the two documents that are read. */
let server: Server;
let issuer: string;
let asked: string[];
let metadata: () => { status?: number; body: unknown; location?: string };
let jwks: JWK[];

beforeEach(async () => {
  asked = [];
  jwks = [];
  server = createServer((request, response) => {
    asked.push(String(request.url));
    const good = { body: { issuer, jwks_uri: `${issuer}/jwks` } };
    const answers: Record<string, ReturnType<typeof metadata>> = {
      '/jwks': { body: { keys: jwks } },
      '/elsewhere': good,
    };
    const { status = 200, body, location = '' } = answers[String(request.url)] ?? metadata();
    response.writeHead(status, { 'content-type': 'application/json', location }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  metadata = () => ({ body: { issuer, jwks_uri: `${issuer}/jwks` } });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function newKey(kid: string): Promise<{ token: string }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  jwks.push({ ...(await exportJWK(publicKey)), kid, alg: 'ES256' });
  return { token: await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey) };
}

function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no failure',
    (error: unknown) => (error instanceof Problem ? error.getStatus() : (error as { code: string }).code),
  );
}

describe('SigningKeys', () => {
  it('asks for nothing before the first token, and then once for many at a time', async () => {
    const { token } = await newKey('a');
    const keys = new SigningKeys(issuer);
    expect(asked).toEqual([]);
    await Promise.all(Array.from({ length: 20 }, () => jwtVerify(token, keys.find)));
    expect(asked).toEqual(['/.well-known/openid-configuration', '/jwks']);
  });

  it('does not ask for every token with an unknown key: a flood of them is no flood for the provider', async () => {
    const { token } = await newKey('a');
    const keys = new SigningKeys(issuer);
    await jwtVerify(token, keys.find);
    const unknown = await newKey('b');
    jwks.pop();
    for (let count = 0; count < 5; count += 1)
      expect(await failure(jwtVerify(unknown.token, keys.find))).toBe('ERR_JWKS_NO_MATCHING_KEY');
    expect(asked.filter((url) => url === '/jwks')).toHaveLength(1);
  });

  it.each([
    ['answers with an error', () => ({ status: 500, body: {} })],
    ['answers with something else', () => ({ body: { hello: 'world' } })],
    ['calls itself otherwise', () => ({ body: { issuer: 'http://other', jwks_uri: `${issuer}/jwks` } })],
    ['sends the asker elsewhere', () => ({ status: 302, body: {}, location: '/elsewhere' })],
    ['keeps its keys where nothing answers', () => ({ body: { issuer, jwks_uri: 'http://127.0.0.1:1/jwks' } })],
  ])('is 503 when the provider %s', async (_, answer) => {
    const { token } = await newKey('a');
    metadata = answer;
    expect(await failure(jwtVerify(token, new SigningKeys(issuer).find))).toBe(503);
  });

  it('leaves a failing provider alone for a moment, then asks again', async () => {
    const { token } = await newKey('a');
    metadata = () => ({ status: 500, body: {} });
    const patient = new SigningKeys(issuer, 60_000);
    const eager = new SigningKeys(issuer, 0);
    for (const keys of [patient, patient, patient, eager]) expect(await failure(jwtVerify(token, keys.find))).toBe(503);
    expect(asked).toHaveLength(2);
    metadata = () => ({ body: { issuer, jwks_uri: `${issuer}/jwks` } });
    expect(await failure(jwtVerify(token, patient.find))).toBe(503);
    expect(await failure(jwtVerify(token, eager.find))).toBe('no failure');
  });

  it('reads the metadata of an issuer that ends with a slash', async () => {
    const { token } = await newKey('a');
    metadata = () => ({ body: { issuer: `${issuer}/`, jwks_uri: `${issuer}/jwks` } });
    expect(await failure(jwtVerify(token, new SigningKeys(`${issuer}/`).find))).toBe('no failure');
    expect(asked[0]).toBe('/.well-known/openid-configuration');
  });
});
