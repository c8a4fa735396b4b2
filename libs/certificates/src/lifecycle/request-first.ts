import { type CertificateRequested, occasionKey, stableUuid } from '@laurel/contracts';
import type { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import type { CertificateRow } from '../certificates/certificate-row.ts';
import { newestOfOccasion } from './newest-of-occasion.ts';
import { addRequest } from './request-entry.ts';

/** A complete request but for its id, which its occasion gives, and its issue number, which it never carries. */
export interface FirstRequest {
  readonly tenantId: string;
  readonly actor: string;
  readonly request: Omit<CertificateRequested['data'], 'requestId' | 'issue'>;
}

/** `requested`: its certificate or failure is read under the id. `exists`: the occasion has come further already. */
export type FirstOutcome =
  | { readonly kind: 'requested'; readonly requestId: string; readonly repeated: boolean }
  | { readonly kind: 'exists'; readonly certificate: CertificateRow };

/**
 * Asks for the first certificate of an occasion, at most once: a repeat reads the request that is under way, and an
 * occasion whose certificate was issued, whatever became of it, is answered with that one. The evaluator gives the `first`
 * of an occasion the same id, so that both roads meet in one request.
 */
export async function requestFirst(
  transaction: Transaction,
  outbox: Outbox,
  { tenantId, actor, request }: FirstRequest,
): Promise<FirstOutcome> {
  const key = occasionKey(tenantId, request.credentialType.id, request.occasion);
  const requestId = stableUuid(tenantId, 'request', key, 'first');
  const isNew = await addRequest(transaction, {
    tenant_id: tenantId,
    request_id: requestId,
    kind: 'certify',
    credential_type_id: request.credentialType.id,
    occasion_key: key,
    issue_number: 1,
    requested_at: new Date(request.decidedAt),
    actor,
  });
  const newest = await newestOfOccasion(transaction, tenantId, request.credentialType.id, key);
  if (newest && (newest.state !== 'allocated' || newest.issue_number > 1))
    return { kind: 'exists', certificate: newest };
  if (isNew && !newest) {
    await outbox.add(transaction, 'certificate.requested', [
      { tenantId, data: { ...request, requestId, issue: { kind: 'first' } } },
    ]);
  }
  return { kind: 'requested', requestId, repeated: !isNew || newest !== undefined };
}
