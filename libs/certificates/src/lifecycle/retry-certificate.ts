import type { CertificateRequested } from '@laurel/contracts';
import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import type { CertificateRow } from '../certificates/certificate-row.ts';
import { addHistory } from '../certificates/history-entry.ts';

/** What an operator corrects of a failed certificate; what is left out stays as it was requested. */
export interface RetryCorrections {
  readonly recipientName?: string | undefined;
  /** Another version, or another template: the old one is gone, or cannot be printed. */
  readonly template?: CertificateRequested['data']['template'] | undefined;
  /** Of the same tenant; only where the one that was asked for is unknown. */
  readonly issuerId?: string | undefined;
}

/** Which certificate is tried again, by whom, and with which corrections. */
export interface Retry {
  readonly tenantId: string;
  readonly certificateId: string;
  readonly actor: string;
  /** For the history; no personal data. */
  readonly reason?: string | undefined;
  readonly corrections: RetryCorrections;
}

/** `requested`: read what becomes of it under this id, as before. `blocked`: it has not failed. */
export type RetryOutcome =
  | { readonly kind: 'requested'; readonly requestId: string }
  | { readonly kind: 'blocked'; readonly certificate: CertificateRow };

/**
 * Tries a failed certificate again (architecture section 4): `failed → allocated`, the snapshot corrected and the same `first` or
 * `replace` requested again, in one transaction. Id, public id, number, certificate key and instant stay; the version rises, so that
 * a worker that still holds what it made of the old snapshot finds no row to issue. To the outside the certificate remains failed
 * until it is issued or fails anew: no event tells of an attempt.
 *
 * @returns undefined when the tenant has no such certificate
 */
export async function retryCertificate(
  transaction: Transaction,
  outbox: Outbox,
  { tenantId, certificateId, actor, reason, corrections }: Retry,
): Promise<RetryOutcome | undefined> {
  const [found] = await transaction.query<CertificateRow>(
    'SELECT * FROM certificate WHERE tenant_id = $1 AND id = $2 FOR UPDATE',
    [tenantId, certificateId],
  );
  if (!found) return undefined;
  if (found.state !== 'failed') return { kind: 'blocked', certificate: found };
  const request = corrected(found.request, corrections);
  const [changed] = await transaction.query<Pick<CertificateRow, 'version' | 'state_changed_at'>>(
    `UPDATE certificate SET
       state = 'allocated', failure_type = NULL, failure_reason = NULL, state_reason = NULL, state_actor = $3,
       recipient_name = $4, request = $5, issuer_id = $6, version = version + 1, state_changed_at = clock_timestamp()
     WHERE tenant_id = $1 AND id = $2 RETURNING version, state_changed_at`,
    [tenantId, certificateId, actor, request.recipient.name, JSON.stringify(request), request.issuerId],
  );
  if (!changed) throw new Error('A certificate under lock is gone');
  await addHistory(transaction, [
    {
      ...{ certificate_id: certificateId, version: changed.version, state: 'allocated', actor },
      ...{ reason: reason ?? null, at: changed.state_changed_at },
    },
  ]);
  await outbox.add(transaction, 'certificate.requested', [{ tenantId, data: request }]);
  return { kind: 'requested', requestId: found.request_id };
}

type Request = CertificateRequested['data'];

/** The id of the request is the row's: under it the certificate has been read from the beginning. */
function corrected(request: Request, { recipientName, template, issuerId }: RetryCorrections): Request {
  return {
    ...request,
    recipient: { ...request.recipient, ...(recipientName === undefined ? {} : { name: recipientName }) },
    template: template ?? request.template,
    issuerId: issuerId ?? request.issuerId,
  };
}
