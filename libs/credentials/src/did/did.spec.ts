import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
import { generateIntegrityKey } from '../keys/generate-integrity-key.ts';
import { generateSigningKey } from '../keys/generate-signing-key.ts';
import { createSigner } from '../signing/create-signer.ts';
import { didDocument } from './did-document.ts';
import { didWebOf } from './did-web-of.ts';
import { jwkSet } from './jwk-set.ts';

test.each([
  ['https://certificates.example', 'did:web:certificates.example:issuers:7'],
  ['http://127.0.0.1:8080', 'did:web:127.0.0.1%3A8080:issuers:7'],
  ['https://example.org/certificates', 'did:web:example.org:certificates:issuers:7'],
])('the DID of an issuer at %s is %s', (publicUrl, did) => {
  expect(didWebOf(publicUrl, '7')).toBe(did);
});

test('a DID needs a web address', () => {
  expect(() => didWebOf('ftp://example.org', '7')).toThrow('http(s) URL');
});

const did = 'did:web:certificates.example:issuers:1';
const input = {
  id: 'https://certificates.example/v/1',
  issuer: { did, name: 'Acme' },
  validFrom: new Date('2026-03-01T12:00:02Z'),
  recipient: { name: 'Asha' },
  achievement: { id: 'urn:a:b', name: 'Rust', description: 'R', criteria: 'C' },
};

test.each(['ES256', 'RS256'] as const)(
  'the document and the key set hold public keys only, each under its full URL, and verify tokens of %s',
  async (algorithm) => {
    const keys = await Promise.all([1, 2].map(() => generateSigningKey((name) => `${did}#${name}`, algorithm)));
    const { publicKeyMultibase, privateJwk } = generateIntegrityKey();
    const integrity = { kid: `${did}#di-1`, publicJwk: privateJwk };
    // A caller that hands over whole keys by mistake must not publish them.
    const leaky = [...keys.map((key) => ({ kid: key.kid, publicJwk: key.privateJwk })), integrity];
    const published = keys.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, alg: algorithm, use: 'sig' }));
    expect(jwkSet(leaky)).toEqual({ keys: published });
    expect(didDocument(did, leaky)).toEqual({
      '@context': [
        'https://www.w3.org/ns/did/v1',
        'https://w3id.org/security/multikey/v1',
        'https://w3id.org/security/jwk/v1',
      ],
      id: did,
      verificationMethod: [
        ...published.map((publicKeyJwk) => ({
          id: publicKeyJwk.kid,
          type: 'JsonWebKey',
          controller: did,
          publicKeyJwk,
        })),
        { id: integrity.kid, type: 'Multikey', controller: did, publicKeyMultibase },
      ],
      assertionMethod: [...keys.map(({ kid }) => kid), integrity.kid],
    });
    const [, second] = keys;
    if (!second) throw new Error('no second key');
    const token = await (await createSigner(second))(buildCredential(input));
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(jwkSet(keys)), { issuer: did });
    expect([payload.jti, protectedHeader.alg]).toEqual(['https://certificates.example/v/1', algorithm]);
  },
);

test('a compromised key asserts nothing, is in no key set, and is told with the instant', async () => {
  const [good, stolen] = await Promise.all([1, 2].map(() => generateSigningKey((name) => `${did}#${name}`)));
  if (!good || !stolen) throw new Error('no keys');
  const compromisedAt = new Date('2026-11-20T10:00:00.500Z');
  const proving = { kid: `${did}#di-1`, publicJwk: generateIntegrityKey().publicJwk, compromisedAt };
  const keys = [good, { ...stolen, compromisedAt }, proving];
  expect(jwkSet(keys).keys.map(({ kid }) => kid)).toEqual([good.kid]);
  expect(didDocument(did, keys)).toMatchObject({
    assertionMethod: [good.kid],
    verificationMethod: [{}, { id: stolen.kid, revoked: '2026-11-20T10:00:00Z' }, { revoked: '2026-11-20T10:00:00Z' }],
  });
});

test('a short RSA key is no key', () => {
  const { n, e } = generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey.export({ format: 'jwk' });
  expect(() => jwkSet([{ kid: 'k', publicJwk: { kty: 'RSA', n, e } as JsonWebKey }])).toThrow('2,048 bits');
});
