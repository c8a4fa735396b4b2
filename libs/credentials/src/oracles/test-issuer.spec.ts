import { createECDH, createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import multikey from '@digitalbazaar/multikey-context';
import did from 'did-context';
import { expect, test } from 'vitest';
import { loadContext } from '../contexts/load-context.ts';
import { didDocument } from '../did/did-document.ts';
import { jwkSet } from '../did/jwk-set.ts';
import type { EcPublicJwk } from '../keys/signing-key.ts';
import type { FindKey } from '../verification/find-key.ts';

/** An issuer whose private keys stand in this repository: nothing that it signs attests anything. */
export interface TestIssuer {
  readonly did: string;
  readonly token: { readonly kid: string; readonly privateJwk: EcPublicJwk & { readonly d: string } };
  readonly integrity: { readonly verificationMethod: string; readonly key: KeyObject };
  readonly didDocument: object;
  readonly jwks: ReturnType<typeof jwkSet>;
  readonly findKey: FindKey;
  /** As verifiers of JSON-LD want it: contexts, the DID document and the key in it; nothing is fetched. */
  readonly documentLoader: (url: string) => Promise<object>;
}

/**
 * Makes an issuer of two seeds.
 *
 * @param seeds 32 bytes each, in hex
 * @param compromisedAt when both keys were stolen
 */
export function testIssuer(
  seeds: { readonly ed25519: string; readonly p256: string },
  id = 'did:web:certificates.example:issuers:1',
  compromisedAt?: Date,
): TestIssuer {
  const der = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.from(seeds.ed25519, 'hex'),
  ]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(seeds.p256, 'hex');
  const point = curve.getPublicKey();
  const [kty, crv] = ['EC', 'P-256'] as const;
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((bytes) => bytes.toString('base64url')) as [
    string,
    string,
  ];
  const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  const [kid, verificationMethod] = [`${id}#${thumbprint}`, `${id}#di-1`];
  const keys = [
    { kid, publicJwk: { kty, crv, x, y } },
    { kid: verificationMethod, publicJwk: createPublicKey(key).export({ format: 'jwk' }) },
  ].map((each) => ({ ...each, compromisedAt: compromisedAt ?? null }));
  const document = didDocument(id, keys);
  return {
    did: id,
    token: { kid, privateJwk: { kty, crv, x, y, d: Buffer.from(seeds.p256, 'hex').toString('base64url') } },
    integrity: { verificationMethod, key },
    didDocument: document,
    jwks: jwkSet(keys),
    findKey: async (method, issuer) => (issuer === id ? keys.find((each) => each.kid === method) : undefined),
    async documentLoader(url) {
      const context = did.contexts.get(url) ?? multikey.contexts.get(url);
      if (context) return { documentUrl: url, document: context, tag: 'static' };
      if (url === id) return { documentUrl: url, document };
      if (url !== verificationMethod) return loadContext(url);
      const { verificationMethod: methods } = document as { verificationMethod: { id: string }[] };
      const method = methods.find((each) => each.id === url);
      return { documentUrl: url, document: { '@context': 'https://w3id.org/security/multikey/v1', ...method } };
    },
  };
}

/** The seeds of the tests and of the golden vectors: "Laurel golden vector, Ed25519 key" and "… P-256 key", padded with zeros. */
export const testSeeds = {
  ed25519: Buffer.from('Laurel golden vector Ed25519').toString('hex').padEnd(64, '0'),
  p256: Buffer.from('Laurel golden vector P-256').toString('hex').padEnd(64, '0'),
};

test('an issuer of seeds is the same each time', () => {
  const [once, again] = [testIssuer(testSeeds), testIssuer(testSeeds)];
  expect(again.didDocument).toEqual(once.didDocument);
  expect(again.jwks.keys).toHaveLength(1);
});
