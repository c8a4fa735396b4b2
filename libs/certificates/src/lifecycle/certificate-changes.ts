import type { ChangeableCertificate } from './changeable-certificate.ts';

/** One certificate that is to be changed, and why. */
export interface CertificateChange {
  readonly certificateId: string;
  /** Up to 500 characters, told to verifiers and subscribers: no personal data. */
  readonly reason: string;
  /** Of a suspension: the instant at which it ends by itself. */
  readonly until?: Date | undefined;
}

/** Certificates of one tenant that one caller changes in the same way. */
export interface CertificateChanges {
  readonly tenantId: string;
  /** The `sub` of the token; it stands in rows and nowhere else. */
  readonly actor: string;
  /** Each certificate once. */
  readonly changes: readonly CertificateChange[];
  /** Tells what would become of each, locks nothing and changes nothing. */
  readonly isDryRun?: boolean | undefined;
}

/**
 * What a change met, with the certificate as it is then (of a dry run: as it was found). `changed`: now, by this call.
 * `already`: it was so before. `blocked`: the certificate's state does not allow it. `unknown`: the tenant has none with this id.
 */
export type ChangeOutcome =
  | { readonly kind: 'changed' | 'already' | 'blocked'; readonly certificate: ChangeableCertificate }
  | { readonly kind: 'unknown'; readonly certificateId: string };
