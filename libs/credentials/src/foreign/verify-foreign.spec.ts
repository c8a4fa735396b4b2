import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { from } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { loadContext } from '../contexts/load-context.ts';
import { multikeyOf } from '../keys/multikey-of.ts';
import { didWebAddress } from './did-web-address.ts';
import type { FetchText } from './fetch-text.ts';
import { foreignKeys } from './foreign-keys.ts';
import { claimedNames } from './claimed-names.ts';
import { jwkOfMultikey } from './jwk-of-multikey.ts';
import { verifyForeign } from './verify-foreign.ts';

const did = 'did:web:college.example:badges';
const now = new Date('2026-06-01T00:00:00Z');
const pairs = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2_048 }),
  EdDSA: generateKeyPairSync('ed25519'),
};
const methods = [
  ...Object.entries(pairs).map(([name, { publicKey }]) => ({
    ...{ id: `${did}#${name}`, type: 'JsonWebKey', controller: did },
    publicKeyJwk: publicKey.export({ format: 'jwk' }),
  })),
  {
    ...{ id: `${did}#di`, type: 'Multikey', controller: did },
    publicKeyMultibase: multikeyOf(pairs.EdDSA.publicKey),
  },
];
const document = { id: did, verificationMethod: methods, assertionMethod: methods.map(({ id }) => id) };
const fetch: FetchText = async (url) =>
  url === 'https://college.example/badges/did.json'
    ? { ok: true, text: JSON.stringify(document) }
    : { ok: false, why: 'missing' };
const keys = foreignKeys(fetch, now);

/** As others write it: an older context, numbers, names in a language, one subject as a list. */
const badge = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json'],
  id: 'urn:uuid:6dd2c3a5-0f58-4a3f-a3f2-6c1a7f0b7e2a',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: did, type: ['Profile'], name: 'College' },
  validFrom: '2026-03-01T12:00:00+02:00',
  name: { '@value': 'Jazz', '@language': 'en' },
  credentialSubject: {
    id: 'did:example:1',
    type: ['AchievementSubject'],
    creditsEarned: 2.5,
    achievement: {
      id: 'urn:uuid:bd6d9316-f7ae-4073-a1e5-2f7f5bd22922',
      type: ['Achievement'],
      name: 'Jazz',
      description: 'Plays it.',
      criteria: { narrative: 'Play it.' },
    },
  },
};

describe('a credential that another implementation signed', () => {
  test.each(['ES256', 'RS256', 'EdDSA'] as const)('is verified as a token of jose: %s', async (alg) => {
    const token = await new SignJWT({ ...badge, iss: did })
      .setProtectedHeader({ alg, kid: `${did}#${alg}`, typ: 'vc+jwt', cty: 'vc' })
      .sign(pairs[alg].privateKey);
    expect(claimedNames(token).issuer).toBe(did);
    expect(await verifyForeign(token, keys)).toMatchObject({ ok: true, issuer: did, credential: badge });
  });

  test('is verified as JSON of @digitalbazaar/vc, numbers and all', async () => {
    const signing = await from({
      ...{ '@context': 'https://w3id.org/security/multikey/v1', id: `${did}#di`, type: 'Multikey', controller: did },
      publicKeyMultibase: multikeyOf(pairs.EdDSA.publicKey),
      secretKeyMultibase: secretMultikey(pairs.EdDSA.privateKey.export({ format: 'jwk' })),
    });
    const suite = new DataIntegrityProof({ cryptosuite, signer: signing.signer(), date: now });
    const issued = await issue({ credential: structuredClone(badge), suite, documentLoader: loadContext, now });
    expect(claimedNames(JSON.stringify(issued)).issuer).toBe(did);
    expect(await verifyForeign(issued, keys)).toMatchObject({ ok: true, issuer: did });
    const changed = { ...issued, name: { '@value': 'Rock', '@language': 'en' } };
    expect(await verifyForeign(changed, keys)).toMatchObject({ verdict: 'tampered', code: 'signature-mismatch' });
    expect(await verifyForeign({ ...issued, validFrom: '2026-03-01T10:00:00Z' }, keys)).toMatchObject({ ok: false });
  });
});

test('an issuer that is a key has that key alone, under one name', async () => {
  const multikey = multikeyOf(pairs.EdDSA.publicKey);
  const key = `did:key:${multikey}`;
  const by = async (kid: string, issuer = key) => {
    const credential = { ...badge, issuer };
    const header = { alg: 'EdDSA', kid };
    return verifyForeign(await new SignJWT(credential).setProtectedHeader(header).sign(pairs.EdDSA.privateKey), keys);
  };
  expect(await by(`${key}#${multikey}`)).toMatchObject({ ok: true, issuer: key });
  expect(await by(`${key}#1`)).toMatchObject({ verdict: 'unknown-issuer', code: 'unknown-key' });
  const secp256k1 = 'did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme';
  const other = await by(`${secp256k1}#${secp256k1.slice(8)}`, secp256k1);
  expect(other).toMatchObject({ verdict: 'unknown-issuer', code: 'issuer-not-supported' });
  expect(await by('did:ion:a#1', 'did:ion:a')).toMatchObject({ code: 'issuer-not-supported' });
});

test.each([
  ['did:web:a.example', 'https://a.example/.well-known/did.json'],
  ['did:web:a.example%3A8443', 'https://a.example:8443/.well-known/did.json'],
  ['did:web:a.example:b:c', 'https://a.example/b/c/did.json'],
  ['did:web:a.example%3A8443:b%20c', 'https://a.example:8443/b%20c/did.json'],
  ['did:web:a.example:..:b', undefined],
  ['did:web:a.example:%2E%2e:b', undefined],
  ['did:web:a.example:b%2', undefined],
  ['did:web:a.example/b', undefined],
  ['did:web:user@a.example', undefined],
  ['did:web:a.example%3Ax', undefined],
  ['did:web:a.example%2Fb', undefined],
  ['did:web:\u0430.example', undefined],
  ['did:web:a.example:b#c', undefined],
  ['did:web:', undefined],
  ['did:web:a.example:', undefined],
])('%s is at %s', (id, address) => {
  expect(didWebAddress(id)).toBe(address);
});

describe('a Multikey', () => {
  test('is one that the registry of did:key names', () => {
    // The vectors of did:key: an Ed25519 key, and a compressed one of P-256.
    expect(jwkOfMultikey('z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp')).toEqual({
      ...{ kty: 'OKP', crv: 'Ed25519' },
      x: 'O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik',
    });
    expect(jwkOfMultikey('zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv')).toMatchObject({
      ...{ kty: 'EC', crv: 'P-256' },
      x: 'igrFmi0whuihKnj9R3Om1SoMph72wUGeFaBbzG2vzns',
      y: 'efsX5b10x8yjyrj4ny3pGfLcY7Xby1KzgqOdqnsrJIM',
    });
  });

  test.each([
    '',
    'z',
    'z6Mk',
    'u6MkiTBz1',
    `z${'1'.repeat(48)}`,
    `z${'z'.repeat(200)}`,
    'zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme',
  ])('is not %s', (text) => expect(jwkOfMultikey(text)).toBeUndefined());

  test('whose point is on no curve is none', () => {
    const found = Array.from({ length: 16 }, (_, x) => jwkOfMultikey(base58([0x80, 0x24, 2, ...Array(31).fill(0), x])));
    // Of all numbers half are no x of the curve.
    expect(found.filter((jwk) => jwk === undefined).length).toBeGreaterThan(3);
    expect(found.filter((jwk) => jwk !== undefined).length).toBeGreaterThan(3);
  });
});

test('who issued it is read without belief, of whatever it is', () => {
  for (const [presented, issuer] of [
    [{ issuer: 'did:a:b' }, 'did:a:b'],
    [{ issuer: { id: 'did:a:b' } }, 'did:a:b'],
    ['{"issuer":"did:a:b"}', 'did:a:b'],
    [{ issuer: 7 }, undefined],
    ['{', undefined],
    ['a.b.c', undefined],
    [`{"issuer":"did:a:b","x":${'['.repeat(70)}${']'.repeat(70)}}`, undefined],
    [`{"issuer":"did:a:b","x":"${'['.repeat(70)}\\""}`, 'did:a:b'],
    ['', undefined],
    [`{"issuer":"${'x'.repeat(300_000)}"}`, undefined],
  ] as const) {
    expect(claimedNames(presented).issuer).toBe(issuer);
  }
});

/** 0x1300 in varint, then the 32 bytes. */
const secretMultikey = ({ d }: JsonWebKey) => base58([0x80, 0x26, ...Buffer.from(d ?? '', 'base64url')]);

/** Multibase, of bytes that begin with no zero. */
function base58(bytes: number[]): string {
  const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let text = '';
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  for (; rest > 0n; rest /= 58n) text = `${letters[Number(rest % 58n)]}${text}`;
  return `z${text}`;
}
