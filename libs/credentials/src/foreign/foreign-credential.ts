/** A member that is there once or several times. */
export type OneOrMore<Value> = Value | readonly Value[];

/** What Laurel reads of a Verifiable Credential 2.0 that others have issued; all other members are kept as they are. */
export interface ForeignCredential {
  readonly [member: string]: unknown;
  readonly id?: string;
  readonly type: OneOrMore<string>;
  readonly issuer: string | { readonly [member: string]: unknown; readonly id: string };
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly credentialSubject: OneOrMore<Readonly<Record<string, unknown>>>;
  readonly credentialStatus?: unknown;
}
