import { certificateReferenceOf, type IssuedCertificate, publicLinks } from '@laurel/certificates';
import type { CertificateIssued } from '@laurel/contracts';

/** What is said of a certificate that became live. */
export function issuedData(row: IssuedCertificate, publicUrl: string): CertificateIssued['data'] {
  return {
    ...certificateReferenceOf(row),
    state: 'issued',
    requestId: row.request_id,
    ...(row.supersedes === null ? {} : { supersedes: row.supersedes }),
    recipient: { learnerId: row.recipient_learner_id, name: row.recipient_name },
    issuerId: row.issuer_id,
    issuedAt: row.issued_at.toISOString(),
    ...(row.expires_at ? { expiresAt: row.expires_at.toISOString() } : {}),
    links: publicLinks(publicUrl, row.public_id),
    hashes: { pdf: row.pdf_sha256, credential: row.credential_sha256 },
  };
}
