import type { DocumentSigner } from '../keys/issuer-keys.ts';

/** Whoever holds the keys of issuers. */
export interface DocumentSigners {
  /** @throws {TransientError} when a key does not open */
  documentSignerOf(issuerId: string): Promise<DocumentSigner>;
}
