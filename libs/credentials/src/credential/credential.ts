/** OB 3.0, Result: one outcome. Values are texts: a JSON number could be signed in a form that a reader does not see. */
export interface CredentialResult {
  readonly type: ['Result'];
  readonly resultDescription: string;
  readonly value: string;
}

/** OB 3.0, ResultDescription: what an outcome is, and between which bounds. */
export interface CredentialResultDescription {
  readonly id: string;
  readonly type: ['ResultDescription'];
  readonly name: string;
  readonly resultType: string;
  readonly valueMin?: string;
  readonly valueMax?: string;
}

/** OB 3.0, IdentityObject: a closed class, nothing else may stand in it. */
export interface IdentityObject {
  readonly type: 'IdentityObject';
  readonly hashed: boolean;
  readonly identityHash: string;
  readonly identityType: 'name' | 'emailAddress';
  readonly salt?: string;
}

/** OB 3.0, Image: a closed class too, and its type is no list. */
export interface CredentialImage {
  readonly id: string;
  readonly type: 'Image';
}

/** Bitstring Status List 1.0, section 2.1. */
export interface CredentialStatus {
  readonly id: string;
  readonly type: 'BitstringStatusListEntry';
  readonly statusPurpose: 'revocation';
  readonly statusListIndex: string;
  readonly statusListCredential: string;
}

/** OB 3.0, Alignment: to what in another framework the achievement corresponds. */
export interface CredentialAlignment {
  readonly type: ['Alignment'];
  readonly targetName: string;
  readonly targetUrl: string;
  readonly targetCode?: string;
  readonly targetFramework?: string;
}

/** A W3C Verifiable Credential 2.0 that is an Open Badges 3.0.3 `OpenBadgeCredential`, as Laurel writes them. */
export interface Credential {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly type: readonly string[];
  readonly name: string;
  readonly description?: string;
  readonly image?: CredentialImage;
  readonly issuer: {
    readonly id: string;
    readonly type: readonly string[];
    readonly name: string;
    readonly url?: string;
    readonly image?: CredentialImage;
  };
  readonly validFrom: string;
  readonly validUntil?: string;
  readonly evidence?: readonly {
    readonly id: string;
    readonly type: readonly string[];
    readonly name?: string;
    readonly description?: string;
  }[];
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
      readonly image?: CredentialImage;
      readonly criteria: { readonly id?: string; readonly narrative: string };
      readonly humanCode?: string;
      readonly inLanguage?: string;
      readonly tag?: readonly string[];
      readonly alignment?: readonly CredentialAlignment[];
      readonly resultDescription?: readonly CredentialResultDescription[];
    };
    readonly result?: readonly CredentialResult[];
    // Terms of its type's own stand beside these, as texts.
  };
  readonly credentialStatus?: CredentialStatus;
  readonly credentialSchema: readonly { readonly id: string; readonly type: string }[];
}
