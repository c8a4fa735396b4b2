/** What a proof says beside its signature (Data Integrity 1.0, section 2.1): the proof configuration. */
export interface ProofConfiguration {
  readonly type: 'DataIntegrityProof';
  readonly cryptosuite: 'eddsa-rdfc-2022';
  /** UTC and whole seconds. */
  readonly created: string;
  /** The full DID URL of the key. */
  readonly verificationMethod: string;
  readonly proofPurpose: 'assertionMethod';
}

/** A Data Integrity proof as Laurel makes it (Data Integrity EdDSA Cryptosuites 1.0, eddsa-rdfc-2022). */
export interface IntegrityProof extends ProofConfiguration {
  /** Multibase base58btc of the 64 bytes of the signature. */
  readonly proofValue: string;
}
