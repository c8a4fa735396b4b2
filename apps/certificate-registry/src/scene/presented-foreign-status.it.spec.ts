import { gzipSync } from 'node:zlib';
import { type RefusalCode, buildStatusList } from '@laurel/credentials';
import { watchMachine } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ForeignIssuer } from './foreign-issuer.spec.ts';
import type { ForeignIssuers } from './foreign-issuers.spec.ts';
import { ForeignScene } from './foreign-scene.spec.ts';

type Members = Record<string, unknown>;
type Purpose = 'revocation' | 'suspension';
type Answer = Parameters<ForeignIssuers['serve']>[1];

let scene: ForeignScene;
let issuer: ForeignIssuer;
let other: ForeignIssuer;
beforeAll(async () => {
  scene = await ForeignScene.open(inject('stack'), { VERIFY_UNLISTED_ISSUERS: 'true' });
  [issuer, other] = [scene.newIssuer(), scene.newIssuer()];
});
afterAll(() => scene.stop());

let count = 0;
const newAddress = () => `http://${scene.issuers.place}/status/${count++}`;
const pathOf = (address: string) => new URL(address).pathname;
const now = Date.now();

const entry = (list: string, index: number | string = 7, statusPurpose: string = 'revocation'): Members => ({
  id: `${list}#${index}`,
  type: 'BitstringStatusListEntry',
  statusPurpose,
  statusListIndex: String(index),
  statusListCredential: list,
});
const badge = (...entries: Members[]) =>
  issuer.badge({ credentialStatus: entries.length === 1 ? entries[0] : entries });

/** A list that holds now, as it is before it is signed. */
function list(id: string, set: number[] = [], statusPurpose: Purpose = 'revocation', more: Members = {}) {
  const dates = { validFrom: new Date(now - 60_000), validUntil: new Date(now + 86_400_000) };
  const built = buildStatusList({ id, issuer: issuer.did, ttl: 300_000, set, ...dates });
  return { ...built, credentialSubject: { ...built.credentialSubject, statusPurpose, ...more } };
}

/** Serves a list at a place of its own, in either form. */
async function serve(set: number[], form: 'token' | 'document' = 'token', purpose?: Purpose): Promise<string> {
  const address = newAddress();
  const made = list(address, set, purpose);
  scene.issuers.serve(pathOf(address), form === 'token' ? issuer.token(made) : await issuer.document(made));
  return address;
}

const present = async (credential: object) => scene.present(issuer.token(credential));

describe('the status list of a credential of an issuer elsewhere', () => {
  it.each(['token', 'document'] as const)('tells its state, as %s', async (form) => {
    const address = await serve([8, 131_071], form);
    expect(await present(badge(entry(address)))).toMatchObject({
      verdict: 'valid',
      codes: ['in-force', 'signature-holds'],
    });
    for (const index of [8, 131_071]) {
      expect(await present(badge(entry(address, index)))).toMatchObject({
        verdict: 'revoked',
        codes: ['revoked', 'signature-holds'],
      });
    }
    const suspensions = await serve([7], form, 'suspension');
    expect(await present(badge(entry(address), entry(suspensions, 7, 'suspension')))).toMatchObject({
      verdict: 'suspended',
      codes: ['suspended', 'signature-holds'],
    });
    expect(await present(badge(entry(suspensions, 7, 'suspension'), entry(address, 8)))).toMatchObject({
      verdict: 'revoked',
    });
    expect(await scene.present(await issuer.document(badge(entry(address, 8))))).toMatchObject({ verdict: 'revoked' });
    // Kept for five minutes, as it asks for.
    expect(scene.issuers.asked.get(pathOf(address))).toBe(1);
  });

  it('is outweighed by what is certain', async () => {
    const gone = newAddress();
    const expired = { ...badge(entry(gone)), validUntil: '2026-03-02T00:00:00Z' };
    expect(await present(expired)).toMatchObject({
      verdict: 'expired',
      codes: ['expired', 'status-list-unreachable', 'signature-holds'],
    });
    const revoked = badge(entry(gone), entry(await serve([7])));
    expect(await present(revoked)).toMatchObject({ verdict: 'revoked' });
    const refresh = badge(entry(gone, 7, 'refresh'), entry(await serve([])));
    expect(await present(refresh)).toMatchObject({ verdict: 'valid' });
  });

  it.each<[RefusalCode, string, (address: string) => Answer | Promise<Answer>]>([
    ['status-list-unreachable', 'is not there', () => (response) => response.writeHead(404).end()],
    ['status-list-unreachable', 'is broken', () => (response) => response.writeHead(500).end()],
    ['status-list-unreachable', 'hangs up', () => (response) => response.destroy()],
    ['status-list-unreachable', 'does not come', () => () => undefined],
    [
      'status-list-unreachable',
      'is said to be inside',
      () => (response) => response.writeHead(307, { location: `http://${scene.inside.place}/` }).end(),
    ],
    ['status-list-foreign', 'is of another issuer', (address) => other.token({ ...list(address), issuer: other.did })],
    [
      'status-list-foreign',
      'is of another issuer, as JSON',
      (address) => other.document({ ...list(address), issuer: other.did }),
    ],
    ['status-list-foreign', 'is a page', () => '<!doctype html>'],
    [
      'status-list-tampered',
      'is signed by another issuer under this name',
      (address) => issuer.token(list(address), 'ES256', { kid: `${other.did}#ES256` }),
    ],
    [
      'status-list-tampered',
      'has another bit than was signed',
      async (address) => ({
        ...(await issuer.document(list(address, [7]))),
        credentialSubject: list(address).credentialSubject,
      }),
    ],
    [
      'status-list-tampered',
      'is forged as a token',
      (address) =>
        issuer.token(list(address, [7])).replace(/\.[^.]+\./, `.${issuer.token(list(address)).split('.')[1]}.`),
    ],
    ['status-list-invalid', 'is not signed', (address) => list(address)],
    ['status-list-invalid', 'is signed by no algorithm', (address) => issuer.token(list(address), 'none')],
    ['status-list-invalid', 'is another one of its issuer', async () => issuer.token(list(newAddress()))],
    [
      'status-list-invalid',
      'is a badge',
      (address) =>
        issuer.token({
          ...badge(),
          id: address,
          credentialSubject: { ...issuer.badge().credentialSubject, statusPurpose: 'revocation' },
        }),
    ],
    [
      'status-list-invalid',
      'is no GZIP',
      (address) => issuer.token(list(address, [], 'revocation', { encodedList: `u${'A'.repeat(100)}` })),
    ],
    [
      'status-list-expired',
      'has expired',
      (address) => issuer.token({ ...list(address), validUntil: new Date(now - 1_000).toISOString() }),
    ],
    [
      'status-list-expired',
      'does not hold yet',
      (address) => issuer.token({ ...list(address), validFrom: new Date(now + 3_600_000).toISOString() }),
    ],
    ['status-list-purpose', 'is kept for another purpose', (address) => issuer.token(list(address, [], 'suspension'))],
    [
      'status-list-too-large',
      'is a bomb',
      (address) => issuer.token(list(address, [], 'revocation', { encodedList: `u${bomb()}` })),
    ],
    ['status-list-too-large', 'is longer than is read', () => ' '.repeat(300_000)],
    [
      'status-index',
      'ends before it',
      (address) =>
        issuer.token(
          list(address, [], 'revocation', { encodedList: `u${gzipSync(Buffer.alloc(16_384)).toString('base64url')}` }),
        ),
    ],
  ])('leaves the state unknown, %s: %s', async (code, _, made) => {
    const address = newAddress();
    scene.issuers.serve(pathOf(address), await made(address));
    const found = await present(badge(entry(address, code === 'status-index' ? 131_072 : 7)));
    expect(found).toMatchObject({ verdict: 'status-unknown', codes: [code, 'signature-holds'] });
    // It is genuine, so it is told; nobody knows whether it still holds.
    expect(found.certificate).toBeDefined();
    expect(scene.inside.asked.size).toBe(0);
  });

  it.each<[string, RefusalCode, (address: string) => Members]>([
    ['another kind', 'status-method-unknown', () => ({ id: 'urn:x', type: '1EdTechRevocationList' })],
    ['no place in it', 'status-method-unknown', (address) => entry(address, '-1')],
    ['half a place in it', 'status-method-unknown', (address) => entry(address, '1.5')],
    ['several bits', 'status-method-unknown', (address) => ({ ...entry(address), statusSize: 2 })],
    ['no address', 'status-method-unknown', () => entry('file:///etc/passwd')],
    ['an address inside', 'status-list-unreachable', () => entry(`http://${scene.inside.place}/status/1`)],
    ['an address of the cloud', 'status-list-unreachable', () => entry('http://169.254.169.254/latest/')],
  ])('is not asked where the credential names %s: %s', async (_, code, made) => {
    const found = await present(badge(made(await serve([]))));
    expect(found).toMatchObject({ verdict: 'status-unknown', codes: [code, 'signature-holds'] });
    expect(scene.inside.asked.size).toBe(0);
  });

  it('is one of few that a credential may have asked for', async () => {
    const lists = await Promise.all(Array.from({ length: 8 }, () => serve([])));
    const found = await present(badge(...lists.map((each) => entry(each))));
    expect(found).toMatchObject({ verdict: 'status-unknown', codes: ['status-list-unreachable', 'signature-holds'] });
    expect(lists.filter((each) => scene.issuers.asked.has(pathOf(each)))).toHaveLength(4);
  });

  it('is waited for five seconds in all', async () => {
    const lists = Array.from({ length: 3 }, newAddress);
    for (const each of lists) scene.issuers.serve(pathOf(each), () => undefined);
    const body = { credential: issuer.token(badge(...lists.map((each) => entry(each)))) };
    const [begin, limitOf] = [performance.now(), watchMachine()];
    const { json } = await scene.registry.call('POST /v1/verify', { body });
    expect(json).toMatchObject({ verdict: 'status-unknown' });
    const milliseconds = performance.now() - begin;
    expect(milliseconds).toBeGreaterThan(4_500);
    // The second one alone would take it to six.
    expect(milliseconds / 1_000).toBeLessThan(limitOf(5.9));
  });
});

describe('where strangers are asked too', () => {
  it('a genuine one is told to be of an unknown issuer, and its lists are not asked for', async () => {
    const stranger = scene.strangers.issuer('stranger');
    const address = `http://${scene.strangers.place}/status`;
    const credential = { ...stranger.badge(), credentialStatus: entry(address) };
    for (const form of [stranger.token(credential), await stranger.document(credential)]) {
      expect(await scene.present(form)).toMatchObject({
        verdict: 'unknown-issuer',
        codes: ['issuer-not-trusted', 'signature-holds'],
        certificate: { recipient: { name: 'Ravi Rao' } },
        trust: { listed: false, list: `${scene.registry.url}/v1/trusted-issuers` },
      });
    }
    const changed = { ...(await stranger.document(credential)), name: 'Rust' };
    expect(await scene.present(changed)).toMatchObject({ verdict: 'tampered', codes: ['signature-mismatch'] });
    expect([...scene.strangers.asked.keys()]).toEqual(['/stranger/did.json']);
  });
});

const bomb = () => gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 }).toString('base64url');
