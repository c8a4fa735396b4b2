/** A named text in place of a number, a grade or any other outcome (OB 3.0, Result). */
export interface CredentialResult {
  readonly type: ['Result'];
  readonly resultDescription: string;
  readonly value: string;
}

/** OB 3.0, IdentityObject: a closed class, nothing else may stand in it. */
export interface IdentityObject {
  readonly type: 'IdentityObject';
  readonly hashed: boolean;
  readonly identityHash: string;
  readonly identityType: 'name' | 'emailAddress';
  readonly salt?: string;
}

/** A W3C Verifiable Credential 2.0 that is an Open Badges 3.0.3 `OpenBadgeCredential`, as Laurel writes them. */
export interface Credential {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly type: readonly string[];
  readonly name: string;
  readonly issuer: {
    readonly id: string;
    readonly type: readonly string[];
    readonly name: string;
    readonly url?: string;
  };
  readonly validFrom: string;
  readonly validUntil?: string;
  readonly credentialSubject: {
    readonly id?: string;
    readonly type: readonly string[];
    readonly identifier: readonly IdentityObject[];
    readonly licenseNumber?: string;
    readonly activityEndDate?: string;
    readonly achievement: {
      readonly id: string;
      readonly type: readonly string[];
      readonly achievementType?: string;
      readonly name: string;
      readonly description: string;
      readonly criteria: { readonly narrative: string };
      readonly resultDescription?: readonly {
        readonly id: string;
        readonly type: ['ResultDescription'];
        readonly name: string;
        readonly resultType: string;
      }[];
    };
    readonly result?: readonly CredentialResult[];
  };
  readonly credentialSchema: readonly { readonly id: string; readonly type: string }[];
}
