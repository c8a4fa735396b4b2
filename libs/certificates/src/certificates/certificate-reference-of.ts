import type { CertificateRow } from './certificate-row.ts';

type Named = Pick<
  CertificateRow,
  | 'id'
  | 'number'
  | 'credential_type_id'
  | 'credential_type_version'
  | 'occasion'
  | 'issue_number'
  | 'award_id'
  | 'award_version'
>;

/** The members by which every event about a certificate names it. */
export function certificateReferenceOf(row: Named) {
  return {
    certificateId: row.id,
    number: row.number,
    credentialType: { id: row.credential_type_id, version: row.credential_type_version },
    occasion: row.occasion,
    issueNumber: row.issue_number,
    ...(row.award_id === null || row.award_version === null
      ? {}
      : { award: { id: row.award_id, version: row.award_version } }),
  };
}
