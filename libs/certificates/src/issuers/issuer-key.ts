/** What a key of an issuer is for: tokens (VC-JWT), or embedded proofs (Data Integrity). */
export const keyPurposes = ['jwt', 'integrity'] as const;

export type KeyPurpose = (typeof keyPurposes)[number];

/** A key as it is kept: its private half sealed. */
export interface SealedIssuerKey {
  readonly kid: string;
  readonly public_jwk: object;
  readonly sealed_private: Buffer;
}

/** Makes a key for an issuer. @param number how many of this purpose the issuer will have had with it */
export type MakeKey = (
  issuer: { readonly tenant_id: string; readonly did: string },
  purpose: KeyPurpose,
  number: number,
) => Promise<SealedIssuerKey>;
