import { createLocalJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
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

test('the document and the key set hold public keys only, each under its full URL, and verify tokens', async () => {
  const did = 'did:web:certificates.example:issuers:1';
  const keys = await Promise.all([1, 2].map(() => generateSigningKey((thumbprint) => `${did}#${thumbprint}`)));
  // A caller that hands over whole keys by mistake must not publish them.
  const leaky = keys.map(({ kid, privateJwk }) => ({ kid, publicJwk: privateJwk }));
  const published = keys.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, alg: 'ES256', use: 'sig' }));
  expect(jwkSet(leaky)).toEqual({ keys: published });
  expect(didDocument(did, leaky)).toEqual({
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      'https://w3id.org/security/jwk/v1',
    ],
    id: did,
    verificationMethod: published.map((publicKeyJwk) => ({
      id: publicKeyJwk.kid,
      type: 'JsonWebKey',
      controller: did,
      publicKeyJwk,
    })),
    assertionMethod: keys.map(({ kid }) => kid),
  });
  const [, second] = keys;
  if (!second) throw new Error('no second key');
  const token = await (
    await createSigner(second)
  )(
    buildCredential({
      id: 'https://certificates.example/v/1',
      issuer: { did, name: 'Acme' },
      validFrom: new Date('2026-03-01T12:00:02Z'),
      recipient: { name: 'Asha' },
      achievement: { id: 'urn:a:b', name: 'Rust', description: 'R', criteria: 'C' },
    }),
  );
  const { payload } = await jwtVerify(token, createLocalJWKSet(jwkSet(keys)), { issuer: did });
  expect(payload.jti).toBe('https://certificates.example/v/1');
});
