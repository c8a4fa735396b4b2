import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { applyChanges, type Decide } from './apply-changes.ts';
import type { CertificateChanges, ChangeOutcome } from './certificate-changes.ts';

/**
 * Withdraws certificates that are still being made (architecture section 4): `allocated → withdrawn`, after which the generator's
 * last step finds no row, and `certificate.failed` tells it. Unlike a revocation it never ends one that was issued meanwhile: that
 * one is blocked.
 *
 * @returns an outcome for each, in the given order
 */
export async function withdrawCertificates(
  transaction: Transaction,
  outbox: Outbox,
  changes: CertificateChanges,
): Promise<ChangeOutcome[]> {
  return applyChanges(transaction, outbox, changes, decide);
}

const decide: Decide = ({ state }) => {
  if (state === 'withdrawn') return 'already';
  return state === 'allocated' ? withdrawn : 'blocked';
};

const withdrawn = { state: 'withdrawn', failure: 'it was withdrawn before it was issued' } as const;
