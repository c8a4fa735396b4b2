import { createHmac, createPrivateKey, sign } from 'node:crypto';
import type { CertificateRow } from '@laurel/certificates';
import type { RefusalCode } from '@laurel/credentials';
import { withinCpu } from '@laurel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { RegistryScene } from './registry-scene.spec.ts';

type Members = Record<string, unknown>;

let scene: RegistryScene;
let issuer: { id: string; did: string };
let other: { id: string; did: string };
let valid: CertificateRow;
let second: CertificateRow;
let token: string;

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  issuer = await scene.newIssuer('demo');
  other = await scene.newIssuer('demo-two', 'Another Academy');
  valid = await scene.issued('demo', issuer.id, 'valid', { claims: { score: '87.5' } });
  second = await scene.issued('demo', issuer.id, 'second', { recipient: { learnerId: 'second', name: 'Ravi Rao' } });
  await scene.issued('demo-two', other.id, 'elsewhere');
  token = valid.credential!;
});
afterAll(() => scene.stop());

/** Within 100 ms of this process, which serves too, whatever it is: what strangers send must not hold the others up. */
async function present(credential: unknown) {
  const { status, json } = await withinCpu(100, () => scene.call('POST /v1/verify', { body: { credential } }));
  expect(status).toBe(200);
  return { verdict: json.verdict, code: json.reasons[0]?.code as RefusalCode | 'in-force', found: json };
}

const base64url = (text: string | Buffer) => Buffer.from(text).toString('base64url');
const part = (index: number, of = token) =>
  JSON.parse(Buffer.from(of.split('.')[index] ?? '', 'base64url').toString()) as Members;
const textOf = (value: string | Members) => base64url(typeof value === 'string' ? value : JSON.stringify(value));
const subject = () => part(1)['credentialSubject'] as Members;

/** Other content under the signature that there is. */
const swapped = (payload: string | Members, header: string | Members = part(0)) =>
  `${textOf(header)}.${textOf(payload)}.${token.split('.')[2]}`;

/** A true signature by the key of an issuer, over whatever header and payload. */
function forged(header: string | Members, payload: string | Members = part(1), by = issuer.did): string {
  const signed = `${textOf(header)}.${textOf(payload)}`;
  const key = createPrivateKey({ key: scene.keys.get(by)!.privateJwk, format: 'jwk' });
  return `${signed}.${base64url(sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }))}`;
}

const withHeader = (change: Members) => forged({ ...part(0), ...change });
const withClaims = (change: Members) => forged(part(0), { ...part(1), ...change });

/** The same token by an issuer whose name only looks like ours; whoever made it signs with a key of their own. */
function lookAlike(did: string): string {
  const payload = { ...part(1), iss: did, issuer: { ...(part(1)['issuer'] as Members), id: did } };
  return forged({ ...part(0), kid: `${did}#${scene.keys.get(other.did)!.kid.split('#')[1]}` }, payload, other.did);
}

/** The public key of the issuer as the secret of an HMAC. */
function hmacSigned(): string {
  const signed = `${textOf({ ...part(0), alg: 'HS256' })}.${textOf(part(1))}`;
  const secret = JSON.stringify(scene.keys.get(issuer.did)!.publicJwk);
  return `${signed}.${base64url(createHmac('sha256', secret).update(signed).digest())}`;
}

/** Another last character of the signature, whose bits beyond the last byte differ. */
function otherBits(): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) ?? 'A') + 1];
}

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('a token that was tampered with', () => {
  // The control: what is refused below is refused for what was done to it.
  beforeEach(async () => expect(await present(token)).toMatchObject({ verdict: 'valid', code: 'in-force' }));

  it.each<[string, string, RefusalCode, () => string]>([
    ['a changed value', 'tampered', 'signature-mismatch', () => swapped({ ...part(1), name: 'Go' })],
    [
      'swapped fields',
      'tampered',
      'signature-mismatch',
      () => swapped({ ...part(1), validFrom: part(1)['validUntil'] ?? '2020-01-01T00:00:00Z' }),
    ],
    ['an injected claim', 'tampered', 'signature-mismatch', () => swapped({ ...part(1), evidence: [{ id: 'urn:x' }] })],
    [
      'the subject of another credential',
      'tampered',
      'signature-mismatch',
      () =>
        swapped({
          ...part(1),
          sub: part(1, second.credential!)['sub'],
          credentialSubject: part(1, second.credential!)['credentialSubject'],
        }),
    ],
    ['a subject moved in the claims alone', 'tampered', 'claim-mismatch', () => withClaims({ sub: 'urn:x' })],
    [
      'a subject moved in the credential alone',
      'tampered',
      'claim-mismatch',
      () => withClaims({ credentialSubject: { ...subject(), id: 'urn:x' } }),
    ],
    [
      'the members in another order',
      'tampered',
      'signature-mismatch',
      () => swapped(Object.fromEntries(Object.entries(part(1)).reverse())),
    ],
    [
      'the signature of another',
      'tampered',
      'signature-mismatch',
      () => `${token.split('.').slice(0, 2).join('.')}.${second.credential!.split('.')[2]}`,
    ],
    [
      'the key of another issuer',
      'tampered',
      'foreign-key',
      () => forged({ ...part(0), kid: scene.keys.get(other.did)!.kid }, part(1), other.did),
    ],
    [
      'a key of its issuer that another one made',
      'tampered',
      'signature-mismatch',
      () => forged(part(0), part(1), other.did),
    ],
    ['a key id of nobody', 'unknown-issuer', 'unknown-key', () => withHeader({ kid: `${issuer.did}#nobody` })],
    ['a key id that no database keeps', 'unreadable', 'key-id', () => withHeader({ kid: `${issuer.did}#\0` })],
    ['a key id of half a character', 'unreadable', 'key-id', () => withHeader({ kid: `${issuer.did}#\ud800` })],
    ['a key id of 100 KB', 'unreadable', 'key-id', () => withHeader({ kid: `${issuer.did}#${'x'.repeat(100_000)}` })],
    [
      'no signature (alg none)',
      'unreadable',
      'algorithm',
      () => `${textOf({ ...part(0), alg: 'none' })}.${textOf(part(1))}.`,
    ],
    ['the public key as a secret (HS256)', 'unreadable', 'algorithm', hmacSigned],
    ['a critical extension', 'unreadable', 'header-member', () => withHeader({ crit: ['b64'], b64: false })],
    [
      'a key in its header',
      'unreadable',
      'header-member',
      () => withHeader({ jwk: scene.keys.get(other.did)!.publicJwk }),
    ],
    ['the address of a key', 'unreadable', 'header-member', () => withHeader({ jku: 'http://127.0.0.1:9/keys' })],
    [
      'the address of a key certificate',
      'unreadable',
      'header-member',
      () => withHeader({ x5u: 'http://127.0.0.1:9/x' }),
    ],
    [
      'a member twice',
      'unreadable',
      'duplicate-member',
      () => forged(part(0), JSON.stringify(part(1)).replace('{', '{"name":"Go",')),
    ],
    [
      'a member twice, once escaped',
      'unreadable',
      'duplicate-member',
      () => forged(part(0), JSON.stringify(part(1)).replace('{', '{"n\\u0061me":"Go",')),
    ],
    [
      'an algorithm twice',
      'unreadable',
      'duplicate-member',
      () => forged(JSON.stringify(part(0)).replace('{', '{"alg":"none",')),
    ],
    [
      'a prototype',
      'unreadable',
      'duplicate-member',
      () => forged(part(0), JSON.stringify(part(1)).replace('{', '{"__proto__":{},')),
    ],
    [
      'an issuer in Cyrillic',
      'unknown-issuer',
      'issuer-not-listed',
      () => lookAlike(issuer.did.replace('issuers', '\u0456ssuers')),
    ],
    [
      'an issuer in punycode',
      'unknown-issuer',
      'issuer-not-listed',
      () => lookAlike('did:web:xn--certificates-9db.example:issuers:1'),
    ],
    [
      'an issuer in capitals',
      'unknown-issuer',
      'issuer-not-listed',
      () => lookAlike(issuer.did.replace('issuers', 'Issuers')),
    ],
    ['an issuer with a space of no width', 'unknown-issuer', 'unknown-key', () => lookAlike(`${issuer.did}\u200b`)],
    [
      'an id that looks like it',
      'tampered',
      'claim-mismatch',
      () => withClaims({ id: String(part(1)['id']).replace('/v/', '/\u1d20/') }),
    ],
    ['other bits behind its last byte', 'unreadable', 'not-base64url', otherBits],
    ['padding', 'unreadable', 'not-base64url', () => `${token}==`],
    ['the other base64', 'unreadable', 'not-base64url', () => token.replace('.', '+.')],
    ['a space in it', 'unreadable', 'not-base64url', () => token.replace('.', ' .')],
    ['a line break in it', 'unreadable', 'not-base64url', () => `${token.slice(0, 40)}\r\n${token.slice(40)}`],
    ['a fourth part', 'unreadable', 'not-a-token', () => `${token}.x`],
    ['a quarter of a million parts', 'unreadable', 'not-a-token', () => '.'.repeat(250_000)],
    ['90,000 brackets in its payload', 'unreadable', 'too-deep', () => forged(part(0), nested(45_000))],
    ['90,000 brackets in its header', 'unreadable', 'too-deep', () => `${base64url(nested(45_000))}.e30.e30`],
    [
      'a packed payload',
      'unreadable',
      'not-json',
      () => `${textOf(part(0))}.${base64url(Buffer.from('1f8b0800', 'hex'))}.e30`,
    ],
    [
      'CBOR that says that it is 4 GB',
      'unreadable',
      'not-json',
      () => `${textOf(part(0))}.${base64url(Buffer.from('9affffffff', 'hex'))}.e30`,
    ],
    ['another audience', 'unreadable', 'audience', () => withClaims({ aud: 'https://wallet.example' })],
    ['the key of its proofs', 'tampered', 'key-purpose', () => withHeader({ kid: `${issuer.did}#di-1` })],
    ['the algorithm of the key of its proofs', 'unreadable', 'algorithm', () => withHeader({ alg: 'EdDSA' })],
    ['another algorithm of signatures', 'tampered', 'key-purpose', () => withHeader({ alg: 'RS256' })],
    ['no proof where it says one', 'unreadable', 'no-proof', () => withClaims({ proof: {} })],
    [
      'a context that is not on board',
      'unreadable',
      'unknown-context',
      () => withClaims({ '@context': [...(part(1)['@context'] as string[]), 'https://x.example/'] }),
    ],
    [
      'the proof of another credential',
      'tampered',
      'signature-mismatch',
      () => withClaims({ proof: part(1, second.credential!)['proof'] }),
    ],
    ['another name than its proof covers', 'tampered', 'signature-mismatch', () => withClaims({ name: 'Go' })],
  ])('is refused: %s: %s (%s)', async (_, verdict, code, made) => {
    const credential = made();
    expect(credential).not.toBe(token);
    const { found } = await present(credential);
    // One reason, a sentence for people with it, and nothing of what nobody has signed.
    const trust = { listed: false, list: `${scene.url}/v1/trusted-issuers` };
    expect(found).toEqual({
      verdict,
      reasons: [{ code, message: expect.stringMatching(/^[A-Z].*\.$/) as string }],
      ...(code === 'issuer-not-listed' ? { trust } : {}),
    });
    expect(scene.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  it('may have white space around it', async () => {
    expect(await present(`\n ${token} \r\n`)).toMatchObject({ verdict: 'valid' });
  });
});
