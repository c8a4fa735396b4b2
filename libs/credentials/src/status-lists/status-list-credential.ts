/** A `BitstringStatusListCredential` as Laurel makes it (Bitstring Status List 1.0, section 2.2), before it is signed. */
export interface StatusListCredential {
  readonly '@context': readonly string[];
  /** Where the list is published. */
  readonly id: string;
  readonly type: readonly ['VerifiableCredential', 'BitstringStatusListCredential'];
  /** The DID of those who issued the certificates in it. */
  readonly issuer: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly credentialSubject: {
    readonly id: string;
    readonly type: 'BitstringStatusList';
    readonly statusPurpose: 'revocation';
    /** Multibase base64url of the GZIP of the bits; the first index is the left-most bit. */
    readonly encodedList: string;
    /** Milliseconds for which a verifier may keep it. */
    readonly ttl: number;
  };
}
