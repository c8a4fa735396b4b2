import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import type { CertificateChange, CertificateChanges, ChangeOutcome } from './certificate-changes.ts';
import { changeLocked, type NextState } from './change-locked.ts';
import { type ChangeableCertificate, changeableColumns } from './changeable-certificate.ts';

/** What a change makes of a certificate: another state, nothing because it is so already, or nothing because its state forbids it. */
export type Decide = (
  certificate: ChangeableCertificate,
  change: CertificateChange,
) => NextState | 'already' | 'blocked';

/**
 * Changes certificates under the locks of their rows, taken in the order of their ids (architecture section 4). What each one
 * becomes is decided by the state that it has then.
 *
 * @returns an outcome for each, in the given order
 */
export async function applyChanges(
  transaction: Transaction,
  outbox: Outbox,
  { tenantId, actor, changes, isDryRun = false }: CertificateChanges,
  decide: Decide,
): Promise<ChangeOutcome[]> {
  const rows = await transaction.query<ChangeableCertificate>(
    `SELECT ${changeableColumns.join(', ')} FROM certificate
     WHERE tenant_id = $1 AND id = ANY($2::uuid[]) ORDER BY id ${isDryRun ? '' : 'FOR UPDATE'}`,
    [tenantId, changes.map(({ certificateId }) => certificateId)],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const decided = changes.flatMap((change) => {
    const certificate = found.get(change.certificateId.toLowerCase());
    return certificate ? [{ certificate, verdict: decide(certificate, change), reason: change.reason }] : [];
  });
  const effective = decided.flatMap(({ certificate, verdict, reason }) =>
    typeof verdict === 'string' ? [] : [{ certificate, next: verdict, reason }],
  );
  const changed = isDryRun ? [] : await changeLocked(transaction, outbox, actor, effective);
  const now = new Map(changed.map((row) => [row.id, row]));
  const outcomes = new Map(
    decided.map(({ certificate, verdict }) => [
      certificate.id,
      {
        kind: typeof verdict === 'string' ? verdict : ('changed' as const),
        certificate: now.get(certificate.id) ?? certificate,
      },
    ]),
  );
  return changes.map(
    ({ certificateId }) => outcomes.get(certificateId.toLowerCase()) ?? { kind: 'unknown', certificateId },
  );
}
