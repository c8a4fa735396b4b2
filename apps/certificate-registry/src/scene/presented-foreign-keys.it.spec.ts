import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type DidDocument, ForeignIssuer } from './foreign-issuer.spec.ts';
import type { ForeignIssuers } from './foreign-issuers.spec.ts';
import { ForeignScene } from './foreign-scene.spec.ts';

type Members = Record<string, unknown>;
const genuine = { verdict: 'valid', codes: ['no-status', 'signature-holds'] };

let scene: ForeignScene;
beforeAll(async () => (scene = await ForeignScene.open(inject('stack'))));
afterAll(() => scene.stop());

describe('a key of an issuer elsewhere', () => {
  const [past, future] = ['2026-03-01T00:00:00Z', '2099-01-01T00:00:00Z'];
  const every = (change: Members) => (document: DidDocument) => ({
    ...document,
    verificationMethod: document.verificationMethod.map((each) => ({ ...each, ...change })),
  });
  it.each<[string, string, string, (document: DidDocument) => object]>([
    ['may not assert', 'tampered', 'key-not-authorised', (document) => ({ ...document, assertionMethod: [] })],
    [
      'may only prove who one is',
      'tampered',
      'key-not-authorised',
      ({ assertionMethod, ...document }) => ({ ...document, authentication: assertionMethod }),
    ],
    ['was revoked', 'tampered', 'key-not-authorised', every({ revoked: past })],
    ['has expired', 'tampered', 'key-expired', every({ expires: past })],
    ['belongs to somebody else', 'tampered', 'key-not-authorised', every({ controller: 'did:web:else.example' })],
    ['is written in another way', 'unknown-issuer', 'issuer-document-invalid', every({ publicKeyJwk: undefined })],
    [
      'is there twice',
      'unknown-issuer',
      'issuer-document-invalid',
      (document) => ({
        ...document,
        verificationMethod: [...document.verificationMethod, ...document.verificationMethod],
      }),
    ],
    ['is too short', 'unknown-issuer', 'weak-key', every({ publicKeyJwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } })],
    [
      'stands in the document of another issuer',
      'unknown-issuer',
      'issuer-document-invalid',
      (document) => ({ ...document, id: 'did:web:else.example' }),
    ],
  ])('is refused where the key %s: %s (%s)', async (_, verdict, code, change) => {
    const issuer = scene.newIssuer(change);
    expect(await scene.present(issuer.token(issuer.badge(), 'RS256'))).toMatchObject({ verdict, codes: [code] });
  });

  it('holds by a key that will end, and by one that is named in short', async () => {
    const issuer = scene.newIssuer(every({ revoked: future, expires: future }));
    expect(await scene.present(issuer.token(issuer.badge()))).toMatchObject(genuine);
    const short = (text: unknown) => String(text).slice(String(text).indexOf('#'));
    const brief = scene.newIssuer((document) => ({
      ...document,
      verificationMethod: document.verificationMethod.map((each) => ({ ...each, id: short(each['id']) })),
      assertionMethod: document.assertionMethod.map(short),
    }));
    expect(await scene.present(brief.token(brief.badge()))).toMatchObject(genuine);
  });
});

describe('an issuer elsewhere', () => {
  it('that is not on the list is not asked', async () => {
    const stranger = scene.strangers.issuer('stranger');
    const found = await scene.present(stranger.token(stranger.badge()));
    expect(found).toMatchObject({
      verdict: 'unknown-issuer',
      codes: ['issuer-not-listed'],
      trust: { listed: false, list: `${scene.registry.url}/v1/trusted-issuers` },
    });
    expect(found.certificate).toBeUndefined();
    expect(scene.strangers.asked.size).toBe(0);
    await scene.trust(stranger.did, 'A friend now');
    expect(await scene.present(stranger.token(stranger.badge()))).toMatchObject({
      ...genuine,
      trust: { name: 'A friend now' },
    });
    expect(
      await scene.registry.call(`DELETE /v1/trusted-issuers?issuer=${encodeURIComponent(stranger.did)}`, {
        as: 'demo operator',
      }),
    ).toMatchObject({ status: 204 });
    expect(await scene.present(stranger.token(stranger.badge()))).toMatchObject({ codes: ['issuer-not-listed'] });
  });

  it('leads to nothing inside, though it is on the list', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    let connections = 0;
    server.on('connection', (socket) => socket.destroy(void connections++));
    const { port } = server.address() as AddressInfo;
    for (const did of [`did:web:127.0.0.1%3A${port}`, `did:web:localhost%3A${port}`, `did:web:127.1%3A${port}:x`]) {
      await scene.trust(did);
      const issuer = new ForeignIssuer(did);
      const found = await scene.present(issuer.token(issuer.badge()));
      expect(found).toMatchObject({ verdict: 'status-unknown', codes: ['issuer-unreachable'] });
    }
    for (const did of ['did:web:else.example:..:..', 'did:web:else.example:%2e%2E:x', 'did:web:else.example:%zz']) {
      await scene.trust('https://else.example');
      const issuer = new ForeignIssuer(did);
      expect(await scene.present(issuer.token(issuer.badge()))).toMatchObject({ codes: ['issuer-not-supported'] });
    }
    expect(connections).toBe(0);
    server.close();
  });

  it.each<[string, string, string, Parameters<ForeignIssuers['serve']>[1]]>([
    ['has nothing there', 'unknown-issuer', 'issuer-not-found', (response) => response.writeHead(404).end()],
    ['has nothing there any more', 'unknown-issuer', 'issuer-not-found', (response) => response.writeHead(410).end()],
    ['is broken', 'status-unknown', 'issuer-unreachable', (response) => response.writeHead(500).end()],
    ['is overloaded', 'status-unknown', 'issuer-unreachable', (response) => response.writeHead(503).end()],
    ['hangs up', 'status-unknown', 'issuer-unreachable', (response) => response.destroy()],
    ['says nothing', 'status-unknown', 'issuer-unreachable', () => undefined],
    [
      'says that it is inside',
      'status-unknown',
      'issuer-unreachable',
      (response) => response.writeHead(302, { location: `http://${scene.inside.place}/did.json` }).end(),
    ],
    ['serves a page', 'unknown-issuer', 'issuer-document-invalid', '<!doctype html>'],
    ['serves a list', 'unknown-issuer', 'issuer-document-invalid', '[]'],
    ['serves a member twice', 'unknown-issuer', 'issuer-document-invalid', '{"id":"a","id":"b"}'],
    [
      'serves no text',
      'unknown-issuer',
      'issuer-document-invalid',
      (response) => response.end(Buffer.from([0x7b, 0xff, 0x7d])),
    ],
    ['nests without end', 'unknown-issuer', 'issuer-document-invalid', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    [
      'serves without end',
      'unknown-issuer',
      'issuer-document-invalid',
      (response) => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
        };
        response.on('drain', more);
        more();
      },
    ],
  ])('that %s is %s (%s), and nothing is tampered', async (_, verdict, code, answer) => {
    const issuer = scene.newIssuer();
    const path = `/${issuer.did.split(':').at(-1)}/did.json`;
    scene.issuers.serve(path, answer);
    expect(await scene.present(issuer.token(issuer.badge()))).toMatchObject({ verdict, codes: [code] });
    expect(scene.inside.asked.size).toBe(0);
    expect(scene.issuers.asked.get(path)).toBe(1);
  });

  it('is asked once for many, and again when it failed', async () => {
    const issuer = scene.newIssuer();
    const path = `/${issuer.did.split(':').at(-1)}/did.json`;
    const token = issuer.token(issuer.badge());
    scene.issuers.serve(path, (response) => response.writeHead(502).end());
    expect(await scene.present(token)).toMatchObject({ codes: ['issuer-unreachable'] });
    scene.issuers.issuer(issuer.did.split(':').at(-1)!);
    scene.issuers.asked.clear();
    const all = await Promise.all(
      Array.from({ length: 10 }, () => scene.registry.call('POST /v1/verify', { body: { credential: token } })),
    );
    expect(all.map(({ json }) => json.verdict)).toEqual(Array(10).fill('valid'));
    expect(scene.issuers.asked.get(path)).toBe(1);
  });
});
