import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import type { CertificateState } from '../certificates/certificate-state.ts';
import { addHistory } from '../certificates/history-entry.ts';
import { markStatusChanged } from '../status-lists/mark-status-changed.ts';
import type { ChangeableCertificate } from './changeable-certificate.ts';
import { sayChanges } from './say-changes.ts';

/** What a certificate becomes. */
export interface NextState {
  readonly state: CertificateState;
  readonly suspendedUntil?: Date | undefined;
  /** Of one that is withdrawn: the failure that is told of it, without personal data. */
  readonly failure?: string;
}

/** A certificate under lock, and what it becomes. */
export interface LockedChange {
  readonly certificate: ChangeableCertificate;
  readonly next: NextState;
  readonly reason: string;
}

type Changed = Pick<ChangeableCertificate, 'id' | 'version' | 'state_changed_at' | 'failure_type' | 'failure_reason'>;

/**
 * Changes certificates whose rows this transaction has locked: rows, history and events together, each version one higher. The
 * instant is taken from the database after the locks, so that no later version has an earlier one.
 *
 * @returns the certificates as they are now, in the given order
 */
export async function changeLocked(
  transaction: Transaction,
  outbox: Outbox,
  actor: string,
  changes: readonly LockedChange[],
): Promise<ChangeableCertificate[]> {
  if (changes.length === 0) return [];
  const rows = await transaction.query<Changed>(
    `UPDATE certificate AS target SET
       state = given.state, version = target.version + 1, state_reason = given.reason, state_actor = $5,
       state_changed_at = date_trunc('milliseconds', clock_timestamp()), suspended_until = given.suspended_until,
       failure_type = CASE WHEN given.failure IS NULL THEN target.failure_type ELSE 'withdrawn' END,
       failure_reason = coalesce(given.failure, target.failure_reason)
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $6::text[])
       AS given(id, state, reason, suspended_until, failure)
     WHERE target.id = given.id
     RETURNING target.id, target.version, target.state_changed_at, target.failure_type, target.failure_reason`,
    [
      changes.map(({ certificate }) => certificate.id),
      changes.map(({ next }) => next.state),
      changes.map(({ reason }) => reason),
      changes.map(({ next }) => next.suspendedUntil ?? null),
      actor,
      changes.map(({ next }) => next.failure ?? null),
    ],
  );
  const written = new Map(rows.map((row) => [row.id, row]));
  const changed = changes.map(({ certificate, next, reason }) => {
    const row = written.get(certificate.id);
    if (!row) throw new Error('A certificate under lock is gone');
    const told = { state: next.state, suspended_until: next.suspendedUntil ?? null };
    return { ...certificate, ...told, state_reason: reason, state_actor: actor, ...row };
  });
  await addHistory(
    transaction,
    changed.map(({ id, version, state, state_reason, state_changed_at, suspended_until }) => ({
      ...{ certificate_id: id, version, state, actor, reason: state_reason, at: state_changed_at, suspended_until },
    })),
  );
  await markStatusChanged(
    transaction,
    changed.filter(({ state }) => state === 'revoked').map(({ status_list }) => status_list),
  );
  await sayChanges(transaction, outbox, changed);
  return changed;
}
