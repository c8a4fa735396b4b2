import type { CertificateState } from '@laurel/certificates';

/** What a search asks for; what is left out is not asked. */
export interface CertificateSearch {
  readonly learnerId?: string | undefined;
  readonly batchId?: string | undefined;
  readonly awardId?: string | undefined;
  readonly number?: string | undefined;
  readonly publicId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly state?: CertificateState | undefined;
  /** Issued at this instant or later. */
  readonly issuedFrom?: Date | undefined;
  /** Issued before this instant. */
  readonly issuedBefore?: Date | undefined;
  /** In its present state since this instant or later. */
  readonly changedFrom?: Date | undefined;
  readonly changedBefore?: Date | undefined;
}

/** Where a certificate stands in the order of a search. */
export interface SearchPosition {
  /** An instant with its microseconds, as PostgreSQL writes and reads it. */
  readonly at: string;
  readonly id: string;
}
