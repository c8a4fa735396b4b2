import { type CertificateRequested, occasionKey } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import type { CertificateState } from '../certificates/certificate-state.ts';

/** A request with its certificate key: (tenant, credential type, occasion, issue number). */
export interface NumberedRequest {
  readonly event: CertificateRequested;
  readonly occasionKey: string;
  readonly issueNumber: number;
}

/** A request that can never be granted. The reason names no value. */
export interface RefusedRequest {
  readonly event: CertificateRequested;
  readonly reason: string;
}

interface Named {
  id: string;
  tenant_id: string;
  credential_type_id: string;
  occasion_key: string;
  issue_number: number;
  state: CertificateState;
  next_request_id: string | null;
  newest: number;
}

const replaceable: readonly CertificateState[] = ['issued', 'suspended', 'revoked', 'withdrawn'];

/**
 * Gives each request its issue number: `first` is number 1, `replace` the number after the certificate that it names. That one
 * has to be the newest of its occasion, and issued, suspended, revoked or withdrawn (architecture section 4).
 */
export async function resolveIssueNumbers(
  transaction: Transaction,
  events: readonly CertificateRequested[],
): Promise<{ numbered: NumberedRequest[]; refused: RefusedRequest[] }> {
  const named = await findNamed(transaction, events);
  const numbered: NumberedRequest[] = [];
  const refused: RefusedRequest[] = [];
  for (const event of events) {
    const { credentialType, occasion, issue } = event.data;
    const key = occasionKey(event.tenantId, credentialType.id, occasion);
    if (issue.kind === 'first') {
      numbered.push({ event, occasionKey: key, issueNumber: 1 });
      continue;
    }
    const replaced = named.get(issue.certificateId);
    const reason = whyNot(event, key, replaced);
    if (reason !== undefined || !replaced) refused.push({ event, reason: reason ?? 'unknown' });
    else numbered.push({ event, occasionKey: key, issueNumber: replaced.issue_number + 1 });
  }
  return { numbered, refused };
}

function whyNot(
  { tenantId, data }: CertificateRequested,
  key: string,
  replaced: Named | undefined,
): string | undefined {
  if (!replaced || replaced.tenant_id !== tenantId) return 'issue.certificateId: there is no such certificate';
  if (replaced.occasion_key !== key || replaced.credential_type_id !== data.credentialType.id) {
    return 'issue.certificateId: the certificate is of another occasion';
  }
  if (replaced.next_request_id === data.requestId) return undefined;
  if (replaced.newest > replaced.issue_number + 1) {
    return 'issue.certificateId: the certificate is not the newest of its occasion';
  }
  // Two reissues at once name the same certificate, and read the same new one.
  if (replaced.newest === replaced.issue_number + 1 || replaceable.includes(replaced.state)) return undefined;
  return `issue.certificateId: a certificate that is ${replaced.state} is not replaced`;
}

async function findNamed(
  transaction: Transaction,
  events: readonly CertificateRequested[],
): Promise<Map<string, Named>> {
  const ids = events.flatMap(({ data: { issue } }) => (issue.kind === 'replace' ? [issue.certificateId] : []));
  if (ids.length === 0) return new Map();
  const rows = await transaction.query<Named>(
    `SELECT named.id, named.tenant_id, named.credential_type_id, named.occasion_key, named.issue_number, named.state,
            (SELECT next.request_id FROM certificate next
             WHERE next.tenant_id = named.tenant_id AND next.credential_type_id = named.credential_type_id
               AND next.occasion_key = named.occasion_key AND next.issue_number = named.issue_number + 1) AS next_request_id,
            (SELECT max(any_of.issue_number) FROM certificate any_of
             WHERE any_of.tenant_id = named.tenant_id AND any_of.credential_type_id = named.credential_type_id
               AND any_of.occasion_key = named.occasion_key) AS newest
     FROM certificate named WHERE named.id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
