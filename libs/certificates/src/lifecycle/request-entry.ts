import { insertRows, type Transaction } from '@laurel/persistence';

const columns = {
  tenant_id: 'text',
  request_id: 'uuid',
  kind: 'text',
  credential_type_id: 'text',
  occasion_key: 'uuid',
  issue_number: 'integer',
  replaces: 'uuid',
  requested_at: 'timestamptz',
  actor: 'text',
  reason: 'text',
};

/** A request for a certificate, under whose id the certificate or its failure is read. */
export interface RequestEntry {
  readonly tenant_id: string;
  readonly request_id: string;
  readonly kind: 'certify' | 'reissue';
  readonly credential_type_id: string;
  readonly occasion_key: string;
  readonly issue_number: number;
  readonly replaces?: string | null;
  readonly requested_at: Date;
  readonly actor: string;
  readonly reason?: string | null;
}

/**
 * Notes a request unless one for the same occasion and issue number is there. Of two at once the second waits for the
 * first one's commit.
 *
 * @returns whether it is new
 */
export async function addRequest(transaction: Transaction, entry: RequestEntry): Promise<boolean> {
  const added = await insertRows(transaction, 'certificate_request', columns, [entry], {
    onConflictDoNothing: 'any',
    returning: ['request_id'],
  });
  return added.length > 0;
}
