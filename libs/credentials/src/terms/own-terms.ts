/** The terms of its own that a version of a credential type has: whose they are, and their names. */
export interface OwnTerms {
  /** The registry's public address, without a slash at its end. */
  readonly publicUrl: string;
  readonly tenantId: string;
  readonly typeId: string;
  readonly version: number;
  readonly names: readonly string[];
}
