import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { certificateReferenceOf } from '../certificates/certificate-reference-of.ts';
import type { CertificateRow } from '../certificates/certificate-row.ts';
import { addHistory } from '../certificates/history-entry.ts';

/** Who revokes which certificate, and why. */
export interface Revocation {
  readonly tenantId: string;
  readonly certificateId: string;
  /** The `sub` of the token; it stands in rows and nowhere else. */
  readonly actor: string;
  /** Up to 500 characters, told to verifiers and subscribers: no personal data. */
  readonly reason: string;
}

/**
 * What a revocation met. `done`: the certificate is revoked, or withdrawn if it had only been allocated, now or by an
 * earlier call. `superseded`: another one took its place. `failed`: there is nothing to revoke.
 */
export interface RevocationOutcome {
  readonly kind: 'done' | 'superseded' | 'failed';
  readonly certificate: CertificateRow;
}

/**
 * Revokes a certificate under its row's lock (architecture section 4): `issued | suspended → revoked`, and
 * `allocated → withdrawn`, after which the generator's last step finds no row. Writes the history and says the event in the
 * same transaction, once: a second call finds it done.
 *
 * @returns undefined when the tenant has no such certificate
 */
export async function revokeCertificate(
  transaction: Transaction,
  outbox: Outbox,
  { tenantId, certificateId, actor, reason }: Revocation,
): Promise<RevocationOutcome | undefined> {
  const [found] = await transaction.query<CertificateRow>(
    'SELECT * FROM certificate WHERE tenant_id = $1 AND id = $2 FOR UPDATE',
    [tenantId, certificateId],
  );
  if (!found) return undefined;
  const [changed] = await transaction.query<CertificateRow>(
    `UPDATE certificate SET
       state = CASE state WHEN 'allocated' THEN 'withdrawn' ELSE 'revoked' END,
       failure_type = CASE state WHEN 'allocated' THEN 'withdrawn' ELSE failure_type END,
       failure_reason = CASE state WHEN 'allocated' THEN $5 ELSE failure_reason END,
       version = version + 1, state_reason = $3, state_actor = $4, state_changed_at = clock_timestamp(),
       suspended_until = NULL
     WHERE tenant_id = $1 AND id = $2 AND state IN ('allocated', 'issued', 'suspended')
     RETURNING *`,
    [tenantId, certificateId, reason, actor, withdrawn],
  );
  if (!changed) return { kind: outcomeOf(found), certificate: found };
  await addHistory(transaction, [
    {
      certificate_id: changed.id,
      version: changed.version,
      state: changed.state,
      actor,
      reason,
      at: changed.state_changed_at,
    },
  ]);
  await say(transaction, outbox, changed, reason);
  return { kind: 'done', certificate: changed };
}

const withdrawn = 'it was revoked before it was issued';

function outcomeOf({ state }: CertificateRow): RevocationOutcome['kind'] {
  if (state === 'superseded' || state === 'failed') return state;
  return 'done';
}

async function say(transaction: Transaction, outbox: Outbox, row: CertificateRow, reason: string): Promise<void> {
  const reference = certificateReferenceOf(row);
  const at = row.state_changed_at.toISOString();
  if (row.state === 'withdrawn') {
    await outbox.add(transaction, 'certificate.failed', [
      {
        tenantId: row.tenant_id,
        sequence: row.version,
        data: {
          ...reference,
          state: 'withdrawn',
          requestId: row.request_id,
          failure: { type: 'withdrawn', reason: withdrawn },
          failedAt: at,
        },
      },
    ]);
    return;
  }
  await outbox.add(transaction, 'certificate.changed', [
    {
      type: 'certificate.revoked.v1',
      tenantId: row.tenant_id,
      sequence: row.version,
      data: {
        ...reference,
        state: 'revoked',
        recipient: { learnerId: row.recipient_learner_id, name: row.recipient_name },
        changedAt: at,
        reason,
      },
    },
  ]);
}
