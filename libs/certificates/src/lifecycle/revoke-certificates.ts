import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { applyChanges, type Decide } from './apply-changes.ts';
import type { CertificateChanges, ChangeOutcome } from './certificate-changes.ts';

/**
 * Revokes certificates (architecture section 4): `issued | suspended → revoked`, and `allocated → withdrawn`, after which the
 * generator's last step finds no row. Writes the history and says the event in the same transaction, once: a second call finds
 * it done. A superseded or failed one is blocked.
 *
 * @returns an outcome for each, in the given order
 */
export async function revokeCertificates(
  transaction: Transaction,
  outbox: Outbox,
  changes: CertificateChanges,
): Promise<ChangeOutcome[]> {
  return applyChanges(transaction, outbox, changes, decide);
}

const decide: Decide = ({ state }) => {
  switch (state) {
    case 'issued':
    case 'suspended':
      return { state: 'revoked' };
    case 'allocated':
      return { state: 'withdrawn', failure: 'it was revoked before it was issued' };
    case 'revoked':
    case 'withdrawn':
      return 'already';
    case 'failed':
    case 'superseded':
      return 'blocked';
  }
};
