import type { JsonWebKey } from 'node:crypto';
import { jwkSet } from './jwk-set.ts';

/**
 * The document of a did:web (DID Core, section 5) with a `JsonWebKey` per key, each named in `assertionMethod` by its full URL:
 * verifiers compare strings. Retired keys stay listed, or what they signed would no longer verify.
 */
export function didDocument(did: string, keys: readonly { kid: string; publicJwk: JsonWebKey }[]): object {
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      'https://w3id.org/security/jwk/v1',
    ],
    id: did,
    verificationMethod: jwkSet(keys).keys.map((publicKeyJwk) => ({
      id: publicKeyJwk.kid,
      type: 'JsonWebKey',
      controller: did,
      publicKeyJwk,
    })),
    assertionMethod: keys.map(({ kid }) => kid),
  };
}
