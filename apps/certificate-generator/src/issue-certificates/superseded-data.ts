import { certificateReferenceOf, type SupersededCertificate } from '@laurel/certificates';
import type { CertificateSuperseded } from '@laurel/contracts';

/** What is said of a certificate whose place a newer one took. */
export function supersededData(row: SupersededCertificate, changedAt: Date): CertificateSuperseded['data'] {
  return {
    ...certificateReferenceOf(row),
    state: 'superseded',
    recipient: { learnerId: row.recipient_learner_id, name: row.recipient_name },
    changedAt: changedAt.toISOString(),
    supersededBy: row.superseded_by,
  };
}
