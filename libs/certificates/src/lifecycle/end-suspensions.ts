import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { changeLocked } from './change-locked.ts';
import { type ChangeableCertificate, changeableColumns } from './changeable-certificate.ts';

/**
 * Reinstates certificates, of whatever tenant, whose suspension has come to its end by the database's clock. An end that was
 * moved meanwhile counts: it is looked at again under the lock.
 *
 * @param actor whose doing it is: the name of the service
 * @param limit certificates at most; those that ended first come first
 * @returns how many were reinstated
 */
export async function endSuspensions(
  transaction: Transaction,
  outbox: Outbox,
  { actor, limit }: { readonly actor: string; readonly limit: number },
): Promise<number> {
  const ended = await transaction.query<{ id: string }>(
    `SELECT id FROM certificate WHERE state = 'suspended' AND suspended_until <= now()
     ORDER BY suspended_until LIMIT $1`,
    [limit],
  );
  if (ended.length === 0) return 0;
  const rows = await transaction.query<ChangeableCertificate>(
    `SELECT ${changeableColumns.join(', ')} FROM certificate
     WHERE id = ANY($1::uuid[]) AND state = 'suspended' AND suspended_until <= now() ORDER BY id FOR UPDATE`,
    [ended.map(({ id }) => id)],
  );
  const next = { state: 'issued' as const };
  await changeLocked(
    transaction,
    outbox,
    actor,
    rows.map((certificate) => ({ certificate, next, reason: 'the suspension ended' })),
  );
  return rows.length;
}
