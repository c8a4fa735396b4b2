import type { PublicJwk, TokenAlgorithm } from './signing-key.ts';

/** The one algorithm of a key: a token's own word for it has no say. */
export function algorithmOf({ kty }: Pick<PublicJwk, 'kty'>): TokenAlgorithm {
  return kty === 'EC' ? 'ES256' : 'RS256';
}
