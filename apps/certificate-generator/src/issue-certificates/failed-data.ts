import { certificateReferenceOf, type FailedCertificate } from '@laurel/certificates';
import type { CertificateFailed } from '@laurel/contracts';

/** What is said of a certificate that cannot be made. */
export function failedData(row: FailedCertificate, failedAt: Date): CertificateFailed['data'] {
  return {
    ...certificateReferenceOf(row),
    state: 'failed',
    requestId: row.request_id,
    failure: { type: row.failure_type, reason: row.failure_reason },
    failedAt: failedAt.toISOString(),
  };
}
