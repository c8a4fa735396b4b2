import { stableUuid } from '@laurel/contracts';
import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import type { CertificateRow } from '../certificates/certificate-row.ts';
import { newestOfOccasion } from './newest-of-occasion.ts';
import { addRequest } from './request-entry.ts';

/** Which certificate is to be made anew, what changes, and why. */
export interface ReplacementRequest {
  readonly tenantId: string;
  /** Any certificate of the occasion. */
  readonly certificateId: string;
  readonly actor: string;
  readonly reason: string;
  readonly recipientName?: string | undefined;
}

/** `requested`: read the new certificate under this id. `blocked`: the newest one is under way, or has failed. */
export type ReplacementOutcome =
  | { readonly kind: 'requested'; readonly requestId: string; readonly repeated: boolean }
  | { readonly kind: 'blocked'; readonly certificate: CertificateRow };

/**
 * Asks for the certificate that takes the place of an occasion's newest one (architecture section 4): a complete request
 * made of that one's own and the corrections. Two at once read the same request: (occasion, issue number) is unique.
 *
 * @returns undefined when the tenant has no such certificate
 */
export async function requestReplacement(
  transaction: Transaction,
  outbox: Outbox,
  { tenantId, certificateId, actor, reason, recipientName }: ReplacementRequest,
): Promise<ReplacementOutcome | undefined> {
  const [named] = await transaction.query<Pick<CertificateRow, 'credential_type_id' | 'occasion_key'>>(
    'SELECT credential_type_id, occasion_key FROM certificate WHERE tenant_id = $1 AND id = $2',
    [tenantId, certificateId],
  );
  if (!named) return undefined;
  const newest = await newestOfOccasion(transaction, tenantId, named.credential_type_id, named.occasion_key);
  if (!newest) throw new Error('A certificate was there and its occasion has none');
  if (!isReplaceable(newest)) return { kind: 'blocked', certificate: newest };
  const requestId = stableUuid(tenantId, 'request', newest.occasion_key, 'replace', newest.id);
  const now = new Date();
  const isNew = await addRequest(transaction, {
    tenant_id: tenantId,
    request_id: requestId,
    kind: 'reissue',
    credential_type_id: newest.credential_type_id,
    occasion_key: newest.occasion_key,
    issue_number: newest.issue_number + 1,
    replaces: newest.id,
    requested_at: now,
    actor,
    reason,
  });
  if (isNew) {
    const { request } = newest;
    await outbox.add(transaction, 'certificate.requested', [
      {
        tenantId,
        data: {
          ...request,
          requestId,
          issue: { kind: 'replace', certificateId: newest.id },
          recipient: { ...request.recipient, ...(recipientName === undefined ? {} : { name: recipientName }) },
          decidedAt: now.toISOString(),
        },
      },
    ]);
  }
  return { kind: 'requested', requestId, repeated: !isNew };
}

/** A superseded one is never the newest: what took its place has the higher number. */
function isReplaceable({ state }: CertificateRow): boolean {
  return state === 'issued' || state === 'suspended' || state === 'revoked' || state === 'withdrawn';
}
