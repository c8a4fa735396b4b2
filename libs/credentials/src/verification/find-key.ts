import type { JsonWebKey } from 'node:crypto';
import type { Refusal } from './refusal.ts';

/** A public key, and what whoever looked it up knows of it. */
export interface FoundKey {
  /** EC P-256, RSA, or OKP Ed25519. */
  readonly publicJwk: JsonWebKey;
  /** What its issuer keeps it for, where it is kept for one thing only: tokens, or embedded proofs. */
  readonly purpose?: 'jwt' | 'integrity';
  /** When somebody else got hold of it. */
  readonly compromisedAt?: Date | null;
}

/**
 * Finds the public key with an id among the keys of an issuer, retired ones too; nothing where the issuer has none of this id, and
 * a refusal where more is known about why it must not be used. It answers for the key being the issuer's.
 */
export type FindKey = (kid: string, issuer: string) => Promise<FoundKey | Refusal | undefined>;
