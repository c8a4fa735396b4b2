import type { JsonWebKey } from 'node:crypto';

/** A key of an issuer as the world is told of it. */
export interface PublishedKey {
  /** The full DID URL. */
  readonly kid: string;
  /** P-256 or RSA for tokens, Ed25519 for embedded proofs. */
  readonly publicJwk: JsonWebKey;
  /** From this instant on whatever it signed counts for nothing. */
  readonly compromisedAt?: Date | null;
}
