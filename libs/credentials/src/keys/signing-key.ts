/** The public half of a P-256 key (RFC 7517, RFC 7518 section 6.2). */
export type EcPublicJwk = {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
};

/** The public half of an RSA key (RFC 7518, section 6.3). */
export type RsaPublicJwk = {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
};

/** The public half of a key that signs tokens. */
export type PublicJwk = EcPublicJwk | RsaPublicJwk;

/** The algorithms of tokens (RFC 7518): ES256 by default; RS256 is the one that Open Badges 3.0 demands of every verifier. */
export type TokenAlgorithm = 'ES256' | 'RS256';

/** A key that signs tokens, under the DID URL by which verifiers find its public half. */
export interface SigningKey {
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  /** Both halves. Never logged, never stored but sealed. */
  readonly privateJwk: PublicJwk & { readonly d: string };
}
