import type { CertificateRequested } from '@laurel/contracts';
import type { CertificateState } from './certificate-state.ts';

/** A row of `certificate`, as the driver gives it. */
export interface CertificateRow {
  readonly id: string;
  readonly tenant_id: string;
  /** 22 base58 characters; it stands in every public URL. */
  readonly public_id: string;
  readonly number: string;
  readonly credential_type_id: string;
  readonly credential_type_version: number;
  readonly occasion: Record<string, string>;
  readonly occasion_key: string;
  readonly issue_number: number;
  readonly state: CertificateState;
  /** Raised by one in every UPDATE that changes the state; the `sequence` of its events. */
  readonly version: number;
  readonly request_id: string;
  /** The complete request that allocated it. */
  readonly request: CertificateRequested['data'];
  readonly recipient_learner_id: string;
  readonly recipient_name: string;
  readonly recipient_email: string | null;
  readonly batch_id: string | null;
  readonly award_id: string | null;
  readonly award_version: number | null;
  readonly issuer_id: string;
  /** Signs its token. */
  readonly key_kid: string | null;
  /** Proves its document; null of certificates that are older than such proofs. */
  readonly integrity_kid: string | null;
  /** In whole seconds; the instant that stands in the credential and on the page. */
  readonly allocated_at: Date;
  readonly issued_at: Date | null;
  readonly expires_at: Date | null;
  /** The VC-JWT. */
  readonly credential: string | null;
  readonly credential_sha256: string | null;
  readonly pdf_sha256: string | null;
  readonly pdf_object: string | null;
  readonly supersedes: string | null;
  readonly superseded_by: string | null;
  readonly failure_type: string | null;
  readonly failure_reason: string | null;
  readonly state_reason: string | null;
  readonly state_actor: string | null;
  readonly state_changed_at: Date;
  readonly suspended_until: Date | null;
  readonly correlation_id: string;
  /** Its place in the status list of its issuer; none where it was allocated before there were lists, or without an issuer. */
  /** Where verifiers find its bit; null where no issuer was known. */
  readonly status_list: string | null;
  readonly status_index: number | null;
}
