import { createPrivateKey, sign } from 'node:crypto';
import { compactVerify, importJWK, SignJWT } from 'jose';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
import type { Credential } from '../credential/credential.ts';
import { generateIntegrityKey } from '../keys/generate-integrity-key.ts';
import { generateSigningKey } from '../keys/generate-signing-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { proveIntegrity } from '../integrity/prove-integrity.ts';
import { createSigner } from '../signing/create-signer.ts';
import { signCredential } from '../signing/sign-credential.ts';
import type { FoundKey } from './find-key.ts';
import { refusalCodes } from './refusal-codes.ts';
import { verifyCredential } from './verify-credential.ts';

const did = 'did:web:certificates.example:issuers:1';
const otherDid = 'did:web:certificates.example:issuers:2';
const named = (name: string, issuer = did): Credential =>
  buildCredential({
    id: 'https://certificates.example/v/7Jq2',
    issuer: { did: issuer, name: 'Acme' },
    validFrom: new Date('2026-03-01T12:00:02Z'),
    validUntil: new Date('2027-03-01T00:00:00Z'),
    recipient: { id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09', name },
    achievement: { id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c0a', name: 'Rust', description: 'R', criteria: 'C' },
  });

let key: SigningKey;
let otherKey: SigningKey;
let token: string;
const proving = { ...generateIntegrityKey(), kid: `${did}#di-1`, purpose: 'integrity' as const };
const integrity = {
  key: createPrivateKey({ key: proving.privateJwk, format: 'jwk' }),
  verificationMethod: proving.kid,
};

beforeAll(async () => {
  key = await generateSigningKey((thumbprint) => `${did}#${thumbprint}`);
  otherKey = await generateSigningKey((thumbprint) => `${otherDid}#${thumbprint}`);
  token = await (await createSigner(key))(named('Asha'));
});

const known = async (kid: string): Promise<FoundKey | undefined> =>
  [key, otherKey, proving].find((one) => one.kid === kid);
const verify = (text: string | object) => verifyCredential(text, known);
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const part = (index: number) =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as object;

/** A token with a true signature of the issuer over whatever header and payload. */
function forge(header: string | object, payload: string | object, by = key): string {
  const text = (value: string | object) => base64url(typeof value === 'string' ? value : JSON.stringify(value));
  const signed = `${text(header)}.${text(payload)}`;
  const privateKey = createPrivateKey({ key: by.privateJwk, format: 'jwk' });
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

describe('a token', () => {
  test('is what an independent library verifies, with the header and the claims of OB 3.0', async () => {
    const { payload, protectedHeader } = await compactVerify(token, await importJWK(key.publicJwk, 'ES256'));
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: key.kid, typ: 'JWT' });
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      ...named('Asha'),
      iss: did,
      jti: 'https://certificates.example/v/7Jq2',
      sub: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09',
      nbf: Date.parse('2026-03-01T12:00:02Z') / 1_000,
      exp: Date.parse('2027-03-01T00:00:00Z') / 1_000,
    });
  });

  test('gives back the credential, the claims taken off', async () => {
    expect(await verify(token)).toEqual({ ok: true, kid: key.kid, credential: named('Asha') });
  });

  test('of another library verifies too, typ vc+jwt', async () => {
    const signed = await new SignJWT(part(1) as Record<string, unknown>)
      .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'vc+jwt' })
      .sign(await importJWK(key.privateJwk, 'ES256'));
    expect(await verify(signed)).toMatchObject({ ok: true });
  });

  test('keeps any well-formed name to the character', { timeout: 30_000 }, async () => {
    const signer = await createSigner(key);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }), async (name) => {
        const credential = named(name);
        expect(await verify(await signer(credential))).toEqual({ ok: true, kid: key.kid, credential });
      }),
      { numRuns: 40 },
    );
  });
});

describe('refused', () => {
  test('with any single character changed, removed or doubled', { timeout: 30_000 }, async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const passed: string[] = [];
    for (let at = 0; at < token.length; at++) {
      const original = token[at] ?? '';
      // The next one of the alphabet differs in its last bits: those of a last character that no byte holds, too.
      const next = alphabet[(alphabet.indexOf(original) + 1) % alphabet.length] ?? 'A';
      for (const put of [next, '', original + original, '.', '=', ' ']) {
        const changed = token.slice(0, at) + put + token.slice(at + 1);
        if (changed !== token && (await verify(changed)).ok) passed.push(`${at}: ${put}`);
      }
    }
    expect(passed).toEqual([]);
  });

  test('with any other text in any place', { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length), fc.nat(8), fc.string({ maxLength: 8 }), async (at, length, put) => {
        const changed = token.slice(0, at) + put + token.slice(at + length);
        fc.pre(changed !== token);
        expect(await verify(changed)).toMatchObject({ ok: false });
      }),
    );
  });

  const header = (change: object) => forge({ ...part(0), ...change }, part(1));
  const claims = (change: object) => forge(part(0), { ...part(1), ...change });

  test.each<[string, string, string, () => string]>([
    [
      'no signature',
      'unreadable',
      'another algorithm',
      () => `${base64url(JSON.stringify({ ...part(0), alg: 'none' }))}.${token.split('.')[1]}.`,
    ],
    ['the public key as an HMAC secret', 'unreadable', 'another algorithm', () => header({ alg: 'HS256' })],
    [
      'a key of its own in the header',
      'unreadable',
      'other than alg, kid and typ',
      () => header({ jwk: otherKey.publicJwk }),
    ],
    ['a critical extension', 'unreadable', 'other than alg, kid and typ', () => header({ crit: ['b64'], b64: false })],
    ['no key named', 'unreadable', 'names no key', () => header({ kid: undefined })],
    ['another type', 'unreadable', 'another type', () => header({ typ: 'at+jwt' })],
    ['a vc claim', 'unreadable', 'the claim vc', () => claims({ vc: {} })],
    ['no credential', 'unreadable', 'no Open Badges 3.0 credential', () => forge(part(0), { iss: did })],
    ['no object', 'unreadable', 'no JSON object', () => forge(part(0), '[]')],
    ['a byte order mark', 'unreadable', 'not JSON', () => forge(part(0), `\ufeff${JSON.stringify(part(1))}`)],
    [
      'a member twice',
      'unreadable',
      'a member twice',
      () => forge(part(0), JSON.stringify(part(1)).replace('{', '{"name":"B",')),
    ],
    [
      'a member twice, once escaped',
      'unreadable',
      'a member twice',
      () => forge(part(0), JSON.stringify(part(1)).replace('{', '{"\\u006eame":"B",')),
    ],
    [
      'a member twice in its header',
      'unreadable',
      'a member twice',
      () => forge(JSON.stringify(part(0)).replace('{', '{"alg":"none",'), part(1)),
    ],
    [
      'too deep',
      'unreadable',
      'nests deeper',
      () => claims({ deep: JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`) }),
    ],
    ['too long', 'unreadable', 'longer than 262144', () => claims({ more: 'x'.repeat(262_144) })],
    ['an audience', 'unreadable', 'addressed to somebody', () => claims({ aud: 'https://x.example' })],
    ['the key of its proofs', 'tampered', 'of this kind', () => header({ kid: proving.kid })],
    ['the algorithm of another key', 'tampered', 'of this kind', () => header({ alg: 'RS256' })],
    ['the algorithm of the key of its proofs', 'unreadable', 'another algorithm', () => header({ alg: 'EdDSA' })],
    ['four parts', 'unreadable', 'three parts', () => `${token}.x`],
    ['nothing', 'unreadable', 'three parts', () => ''],
    [
      'the key of another issuer',
      'tampered',
      'not a key of its issuer',
      () => forge({ ...part(0), kid: otherKey.kid }, part(1), otherKey),
    ],
    ['a key of the issuer that another one made', 'tampered', 'does not fit', () => forge(part(0), part(1), otherKey)],
    ['an unknown key', 'unknown-issuer', 'not known here', () => header({ kid: `${did}#another` })],
    [
      'another payload under the signature',
      'tampered',
      'does not fit',
      () => token.replace(/\.[^.]+\./, `.${base64url(JSON.stringify({ ...part(1), name: 'Go' }))}.`),
    ],
    ['a signature in DER', 'tampered', 'does not fit', () => derSigned()],
    ['iss of another', 'tampered', 'claim iss', () => claims({ iss: otherDid })],
    ['no iss', 'tampered', 'claim iss', () => claims({ iss: undefined })],
    ['jti of another', 'tampered', 'claim jti', () => claims({ jti: 'urn:x' })],
    ['sub of another', 'tampered', 'claim sub', () => claims({ sub: 'urn:x' })],
    ['nbf earlier', 'tampered', 'claim nbf', () => claims({ nbf: 0 })],
    ['exp later', 'tampered', 'claim exp', () => claims({ exp: 9_999_999_999 })],
    ['no exp', 'tampered', 'claim exp', () => claims({ exp: undefined })],
  ])('%s: %s', async (_, verdict, reason, made) => {
    expect(await verify(made())).toEqual({
      ok: false,
      verdict,
      code: expect.toBeOneOf(Object.keys(refusalCodes)),
      reason: expect.stringContaining(reason),
    });
  });

  function derSigned(): string {
    const [head, payload] = token.split('.');
    const der = sign(
      'sha256',
      Buffer.from(`${head}.${payload}`),
      createPrivateKey({ key: key.privateJwk, format: 'jwk' }),
    );
    return `${head}.${payload}.${der.toString('base64url')}`;
  }
});

describe('a credential with both proofs', () => {
  const created = new Date('2026-03-01T12:00:02Z');
  const sign = async (credential = named('Asha')) =>
    signCredential(credential, { signToken: await createSigner(key), integrity }, created);

  test('is verified as a token, as JSON text and as JSON that was parsed', async () => {
    const { document, token: both } = await sign();
    for (const presented of [both, JSON.stringify(document, undefined, 2), document]) {
      expect(await verify(presented)).toEqual({
        ok: true,
        kid: presented === both ? key.kid : proving.kid,
        credential: document,
      });
    }
  });

  test('is refused when the proof in the token is one of another credential, unless that is not looked at', async () => {
    const { document } = await sign(named('Ravi'));
    const contradicting = await (await createSigner(key))({ ...named('Asha'), proof: document.proof } as Credential);
    expect(await verify(contradicting)).toMatchObject({ verdict: 'tampered', code: 'signature-mismatch' });
    expect(await verifyCredential(contradicting, known, { skipsProof: true })).toMatchObject({ ok: true });
  });

  test('tells since when the key was stolen by which it was presented', async () => {
    const { document, token: both } = await sign();
    const compromisedAt = new Date('2026-04-01T00:00:00Z');
    const stolen = (stolenKid: string) => async (kid: string) => {
      const found = await known(kid);
      return found && { ...found, compromisedAt: kid === stolenKid ? compromisedAt : null };
    };
    expect(await verifyCredential(both, stolen(key.kid))).toMatchObject({ ok: true, compromisedAt });
    expect(await verifyCredential(both, stolen(proving.kid))).not.toHaveProperty('compromisedAt');
    expect(await verifyCredential(document, stolen(proving.kid))).toMatchObject({ ok: true, compromisedAt });
    expect(await verifyCredential(document, stolen(key.kid))).not.toHaveProperty('compromisedAt');
  });

  test('is none of ours in another shape, whoever proved it', async () => {
    const { name: _, ...nameless } = named('Asha');
    const proof = await proveIntegrity(nameless, { ...integrity, created });
    expect(await verify({ ...nameless, proof })).toMatchObject({ verdict: 'unreadable', code: 'not-a-credential' });
  });

  test.each([
    ['{"id":1,"id":2}', 'duplicate-member'],
    ['{"\\u0069d":1,"id":2}', 'duplicate-member'],
    ['{', 'not-json'],
    [`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'too-deep'],
    [`{"a":"${'x'.repeat(262_144)}"}`, 'too-long'],
    ['{}', 'not-a-credential'],
  ])('%.20s is %s', async (text, code) => {
    expect(await verify(text)).toMatchObject({ verdict: 'unreadable', code });
  });
});
