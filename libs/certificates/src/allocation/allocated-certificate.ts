import type { CertificateRow } from '../certificates/certificate-row.ts';

/** What the making of a certificate depends on, and all of it is fixed by the allocation. */
export type AllocatedCertificate = Pick<CertificateRow, (typeof allocatedColumns)[number]>;

/** Those columns of `certificate`; what is large and comes later is left out. */
export const allocatedColumns = [
  'id',
  'tenant_id',
  'public_id',
  'number',
  'credential_type_id',
  'credential_type_version',
  'occasion',
  'occasion_key',
  'issue_number',
  'state',
  'version',
  'request_id',
  'request',
  'recipient_learner_id',
  'recipient_name',
  'recipient_email',
  'batch_id',
  'award_id',
  'award_version',
  'issuer_id',
  'key_kid',
  'integrity_kid',
  'allocated_at',
  'expires_at',
  'state_changed_at',
  'correlation_id',
  'status_list',
  'status_index',
] as const;
