import type { JsonWebKey } from 'node:crypto';
import { publicJwkOf } from '../keys/public-jwk-of.ts';
import type { PublicJwk } from '../keys/signing-key.ts';

/** A key as a verifier gets it, under its full DID URL: a shorter `kid` would not be found. */
export type PublishedJwk = PublicJwk & { readonly kid: string; readonly alg: 'ES256'; readonly use: 'sig' };

/** The public keys of an issuer as a JWK Set (RFC 7517, section 5), retired ones too, so that older credentials verify. */
export function jwkSet(keys: readonly { kid: string; publicJwk: JsonWebKey }[]): { keys: PublishedJwk[] } {
  return {
    keys: keys.map(({ kid, publicJwk }) => ({ ...publicJwkOf(publicJwk), kid, alg: 'ES256', use: 'sig' })),
  };
}
