import type { OwnTerms } from '../terms/own-terms.ts';

/** What a credential is made of. */
export interface CredentialInput {
  /** The URI of the credential: the address of its verify page. */
  readonly id: string;
  readonly issuer: {
    readonly did: string;
    readonly name: string;
    readonly url?: string | undefined;
    /** The address of its logo. */
    readonly image?: string | undefined;
  };
  /** Written in UTC and whole seconds. */
  readonly validFrom: Date;
  readonly validUntil?: Date | undefined;
  readonly recipient: {
    /** A URI for the person. The JWT profile of OB 3.0 (section 8.2) demands one, as `sub`. */
    readonly id?: string | undefined;
    readonly name: string;
    /** Stands in the credential as a salted hash only. */
    readonly email?: { readonly address: string; readonly salt: string } | undefined;
  };
  readonly achievement: {
    readonly id: string;
    readonly type?: string | undefined;
    readonly name: string;
    readonly description: string;
    readonly criteria: string;
    /** Where the criteria stand at length. */
    readonly criteriaUrl?: string | undefined;
    /** The address of its picture: the badge. */
    readonly image?: string | undefined;
    readonly humanCode?: string | undefined;
    /** BCP 47, as OB 3.0 takes it: en, pt-BR, zh-Hant-TW. */
    readonly inLanguage?: string | undefined;
    /** One that stands twice is said once. */
    readonly tags?: readonly string[] | undefined;
    readonly alignments?: readonly Alignment[] | undefined;
  };
  /** The address of a picture of this very certificate. */
  readonly image?: string | undefined;
  /** The number on paper; `licenseNumber` of OB 3.0. */
  readonly number?: string | undefined;
  /** When it was achieved; `activityEndDate` of OB 3.0. */
  readonly achievedOn?: Date | undefined;
  /** What came out, each under a name of its own. */
  readonly results?: readonly Outcome[] | undefined;
  /** What it says of its subject in terms of its type's own: their context, and a text for some or all of them, by name. */
  readonly own?: { readonly terms: OwnTerms; readonly values: Readonly<Record<string, string>> } | undefined;
  /** What can be looked at. */
  readonly evidence?: readonly Evidence[] | undefined;
  /** Where its bit stands: the address of a status list, and the index in it. */
  readonly status?: { readonly list: string; readonly index: number } | undefined;
}

interface Alignment {
  readonly name: string;
  readonly url: string;
  readonly code?: string | undefined;
  readonly framework?: string | undefined;
}

interface Evidence {
  readonly url: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

interface Outcome {
  readonly name: string;
  readonly type: 'Percent' | 'RawScore' | 'Result';
  readonly value: string;
}
