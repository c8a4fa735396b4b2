import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { applyChanges, type Decide } from './apply-changes.ts';
import type { CertificateChanges, ChangeOutcome } from './certificate-changes.ts';

/**
 * Suspends certificates (architecture section 4): `issued → suspended`, for good or until an instant. One that is suspended with
 * another reason or end is changed and told again; with the same ones it is so already. Any other state is blocked.
 *
 * @returns an outcome for each, in the given order
 */
export async function suspendCertificates(
  transaction: Transaction,
  outbox: Outbox,
  changes: CertificateChanges,
): Promise<ChangeOutcome[]> {
  return applyChanges(transaction, outbox, changes, decide);
}

const decide: Decide = ({ state, state_reason, suspended_until }, { reason, until }) => {
  if (state !== 'issued' && state !== 'suspended') return 'blocked';
  const isSame = state_reason === reason && suspended_until?.getTime() === until?.getTime();
  return state === 'suspended' && isSame ? 'already' : { state: 'suspended', suspendedUntil: until };
};
