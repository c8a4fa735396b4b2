import type { Transaction } from '@laurel/persistence';

/** An issuer, and the key that signs for it now; none before its first certificate. */
export interface IssuerInUse {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly url: string;
  readonly did: string;
  readonly kid: string | null;
}

/** The issuers of these ids that there are. */
export async function findIssuers(transaction: Transaction, ids: readonly string[]): Promise<Map<string, IssuerInUse>> {
  const rows = await transaction.query<IssuerInUse>(
    `SELECT i.id, i.tenant_id, i.name, i.url, i.did, k.kid
     FROM issuer i LEFT JOIN issuer_key k ON k.issuer_id = i.id AND k.retired_at IS NULL
     WHERE i.id = ANY($1::uuid[])`,
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
