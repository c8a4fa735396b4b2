import type { CertificateRow, CertificateState } from '@laurel/certificates';
import { Problem } from '@laurel/service-kit';
import type { ChangeKind } from './change-kind.ts';

type Advice = Readonly<Record<CertificateState, string>>;

/** What a caller can do about a certificate that stands in the way. */
const advice: Advice = {
  allocated: 'it is being made: read it in a moment, or revoke it to withdraw it',
  issued: 'POST /v1/certificates/{id}/reissue replaces it',
  suspended: 'POST /v1/certificates/{id}/reissue replaces it',
  superseded: 'read the newest certificate of the occasion',
  revoked: 'POST /v1/certificates/{id}/reissue makes a new one',
  withdrawn: 'POST /v1/certificates/{id}/reissue makes a new one',
  failed: 'its failure says what to mend; POST /v1/certificates/{id}/retry makes it with the same number',
};
const beingMade = 'it is being made: try again in a moment, or POST /v1/certificates/{id}/withdraw stops it';
const isThere = 'it was issued already: POST /v1/certificates/{id}/revoke ends it';

/** Where a change can be told something nearer to it. */
const adviceOf: Readonly<Record<ChangeKind, Partial<Advice>>> = {
  revoke: {},
  suspend: { allocated: beingMade },
  reinstate: { allocated: beingMade },
  withdraw: { issued: isThere, suspended: isThere },
};

/**
 * The 409 that names the certificate which is there already, or whose state does not allow a change, and says what can be done.
 *
 * @param change what was asked for, where it was a change of its state
 */
export function certificateConflict(
  { id, number, state }: Pick<CertificateRow, 'id' | 'number' | 'state'>,
  change?: ChangeKind,
): Problem {
  const nearer = change && adviceOf[change][state];
  return new Problem(409, {
    code: `certificate-${state}`,
    detail: `Certificate ${number} (id ${id}) of this occasion is ${state}: ${nearer ?? advice[state]}.`,
  });
}
