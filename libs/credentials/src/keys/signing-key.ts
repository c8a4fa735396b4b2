/** The public half of a P-256 key (RFC 7517, RFC 7518 section 6.2). */
export type PublicJwk = {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
};

/** Both halves. Never logged, never stored but sealed. */
export type PrivateJwk = PublicJwk & { readonly d: string };

/** A key that signs credentials (ES256), under the DID URL by which verifiers find its public half. */
export interface SigningKey {
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly privateJwk: PrivateJwk;
}
