import type { CertificateRow } from '../certificates/certificate-row.ts';

/** All that a change of its state reads and tells of a certificate; what is large is left out. */
export type ChangeableCertificate = Pick<CertificateRow, (typeof changeableColumns)[number]>;

/** Those columns of `certificate`. */
export const changeableColumns = [
  'id',
  'tenant_id',
  'public_id',
  'number',
  'credential_type_id',
  'credential_type_version',
  'occasion',
  'issue_number',
  'state',
  'version',
  'request_id',
  'recipient_learner_id',
  'recipient_name',
  'batch_id',
  'award_id',
  'award_version',
  'issuer_id',
  'key_kid',
  'allocated_at',
  'issued_at',
  'expires_at',
  'credential_sha256',
  'pdf_sha256',
  'pdf_object',
  'supersedes',
  'superseded_by',
  'failure_type',
  'failure_reason',
  'state_reason',
  'state_actor',
  'state_changed_at',
  'suspended_until',
  'status_list',
  'status_index',
] as const;
