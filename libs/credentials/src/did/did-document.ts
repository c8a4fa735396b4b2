import { createPublicKey } from 'node:crypto';
import { algorithmOf } from '../keys/algorithm-of.ts';
import { multikeyOf } from '../keys/multikey-of.ts';
import { publicJwkOf } from '../keys/public-jwk-of.ts';
import type { PublishedKey } from './published-key.ts';

/**
 * The document of a did:web (DID Core, section 5): a `JsonWebKey` for each key of tokens, a `Multikey` for each of embedded proofs
 * (Controlled Identifiers 1.0, section 2.2), named in `assertionMethod` by full URLs, because verifiers compare strings. Retired
 * keys stay listed, or what they signed would no longer verify. A compromised one is still told, with the instant, and asserts
 * nothing: verifiers look at `assertionMethod`, and few at `revoked`.
 */
export function didDocument(did: string, keys: readonly PublishedKey[]): object {
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      'https://w3id.org/security/jwk/v1',
    ],
    id: did,
    verificationMethod: keys.map((key) => verificationMethod(did, key)),
    assertionMethod: keys.filter(({ compromisedAt }) => !compromisedAt).map(({ kid }) => kid),
  };
}

function verificationMethod(did: string, { kid, publicJwk, compromisedAt }: PublishedKey): object {
  const revoked = compromisedAt ? { revoked: `${compromisedAt.toISOString().slice(0, 19)}Z` } : {};
  if (publicJwk.kty === 'OKP') {
    const publicKeyMultibase = multikeyOf(createPublicKey({ key: publicJwk, format: 'jwk' }));
    return { id: kid, type: 'Multikey', controller: did, publicKeyMultibase, ...revoked };
  }
  const jwk = publicJwkOf(publicJwk);
  const publicKeyJwk = { ...jwk, kid, alg: algorithmOf(jwk), use: 'sig' };
  return { id: kid, type: 'JsonWebKey', controller: did, publicKeyJwk, ...revoked };
}
