import { algorithmOf } from '../keys/algorithm-of.ts';
import { publicJwkOf } from '../keys/public-jwk-of.ts';
import type { PublicJwk, TokenAlgorithm } from '../keys/signing-key.ts';
import type { PublishedKey } from './published-key.ts';

/** A key as a verifier gets it, under its full DID URL: a shorter `kid` would not be found. */
export type PublishedJwk = PublicJwk & {
  readonly kid: string;
  readonly alg: TokenAlgorithm;
  readonly use: 'sig';
};

/**
 * The public keys of an issuer's tokens as a JWK Set (RFC 7517, section 5), retired ones too, so that older credentials verify.
 * Compromised ones are left out: a key set cannot say since when, and a verifier elsewhere cannot know what was signed before.
 */
export function jwkSet(keys: readonly PublishedKey[]): { keys: PublishedJwk[] } {
  return {
    keys: keys
      .filter(({ publicJwk, compromisedAt }) => publicJwk.kty !== 'OKP' && !compromisedAt)
      .map(({ kid, publicJwk }) => {
        const jwk = publicJwkOf(publicJwk);
        return { ...jwk, kid, alg: algorithmOf(jwk), use: 'sig' };
      }),
  };
}
