import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { applyChanges, type Decide } from './apply-changes.ts';
import type { CertificateChanges, ChangeOutcome } from './certificate-changes.ts';

/**
 * Ends the suspension of certificates (architecture section 4): `suspended → issued`. One that is issued holds already; any other
 * state is blocked.
 *
 * @returns an outcome for each, in the given order
 */
export async function reinstateCertificates(
  transaction: Transaction,
  outbox: Outbox,
  changes: CertificateChanges,
): Promise<ChangeOutcome[]> {
  return applyChanges(transaction, outbox, changes, decide);
}

const decide: Decide = ({ state }) => {
  if (state === 'issued') return 'already';
  return state === 'suspended' ? { state: 'issued' } : 'blocked';
};
