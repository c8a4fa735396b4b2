import { type CertificateRow, publicLinks } from '@laurel/certificates';
import type { CertificateView } from './certificate-view.ts';

/** All that is shown of a certificate; never its credential and its request, which are large. */
export type ShownRow = Omit<
  CertificateRow,
  'tenant_id' | 'occasion_key' | 'request' | 'credential' | 'recipient_email' | 'correlation_id' | 'integrity_kid'
>;

/** Shows a row of `certificate`. */
export function showCertificate(row: ShownRow, publicUrl: string, now = new Date()): CertificateView {
  const { pdf_sha256: pdf, credential_sha256: credential } = row;
  return {
    id: row.id,
    publicId: row.public_id,
    number: row.number,
    state: row.state,
    expired: row.expires_at !== null && row.expires_at <= now,
    version: row.version,
    credentialType: { id: row.credential_type_id, version: row.credential_type_version },
    occasion: row.occasion,
    issueNumber: row.issue_number,
    requestId: row.request_id,
    recipient: { learnerId: row.recipient_learner_id, name: row.recipient_name },
    ...optional('award', row.award_id, (id) => ({ id, ...optional('version', row.award_version, (each) => each) })),
    ...optional('batchId', row.batch_id, (each) => each),
    issuerId: row.issuer_id,
    allocatedAt: row.allocated_at.toISOString(),
    ...optional('issuedAt', row.issued_at, iso),
    ...optional('expiresAt', row.expires_at, iso),
    changedAt: row.state_changed_at.toISOString(),
    ...optional('reason', row.state_reason, (each) => each),
    // One that was replaced while it was suspended keeps the column.
    ...optional('suspendedUntil', row.state === 'suspended' ? row.suspended_until : null, iso),
    ...optional('supersedes', row.supersedes, (each) => each),
    ...optional('supersededBy', row.superseded_by, (each) => each),
    ...optional('failure', row.failure_type, (type) => ({ type, reason: row.failure_reason ?? type })),
    ...(pdf === null || credential === null ? {} : { hashes: { pdf, credential } }),
    ...optional('links', row.issued_at, () => publicLinks(publicUrl, row.public_id)),
  };
}

const iso = (date: Date) => date.toISOString();

/** A member that is left out where the column is NULL. */
function optional<Name extends string, Value, Shown>(
  name: Name,
  value: Value | null,
  show: (value: Value) => Shown,
): Partial<Record<Name, Shown>> {
  return value === null ? {} : ({ [name]: show(value) } as Record<Name, Shown>);
}
