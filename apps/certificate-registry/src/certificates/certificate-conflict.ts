import type { CertificateRow } from '@laurel/certificates';
import { Problem } from '@laurel/service-kit';

/** What a caller can do about a certificate that stands in the way. */
const advice: Readonly<Record<CertificateRow['state'], string>> = {
  allocated: 'it is being made: read it in a moment, or revoke it to withdraw it',
  issued: 'POST /v1/certificates/{id}/reissue replaces it',
  suspended: 'POST /v1/certificates/{id}/reissue replaces it',
  superseded: 'read the newest certificate of the occasion',
  revoked: 'POST /v1/certificates/{id}/reissue makes a new one',
  withdrawn: 'POST /v1/certificates/{id}/reissue makes a new one',
  failed: 'its failure says what to mend; POST /v1/certificates/{id}/retry makes it with the same number',
};

/** The 409 that names the certificate which is there already. */
export function certificateConflict({ id, number, state }: CertificateRow): Problem {
  return new Problem(409, {
    code: `certificate-${state}`,
    detail: `Certificate ${number} (id ${id}) of this occasion is ${state}: ${advice[state]}.`,
  });
}
