import type { Transaction } from '@laurel/persistence';

/** An issuer, and the keys that sign for it now; none before its first certificate. */
export interface IssuerInUse {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly url: string;
  /** The address of its logo. */
  readonly image: string | null;
  readonly did: string;
  /** Signs tokens. */
  readonly kid: string | null;
  /** Proves documents. */
  readonly integrity_kid: string | null;
}

/** The issuers of these ids that there are. */
export async function findIssuers(transaction: Transaction, ids: readonly string[]): Promise<Map<string, IssuerInUse>> {
  const rows = await transaction.query<IssuerInUse>(
    `SELECT i.id, i.tenant_id, i.name, i.url, i.image, i.did,
       max(k.kid) FILTER (WHERE k.purpose = 'jwt') AS kid,
       max(k.kid) FILTER (WHERE k.purpose = 'integrity') AS integrity_kid
     FROM issuer i
     LEFT JOIN issuer_key k ON k.issuer_id = i.id AND k.compromised_at IS NULL
       -- Of the clock and not of the transaction: it may have begun before the key was made that it has waited for.
       AND k.active_from <= clock_timestamp() AND (k.retired_at IS NULL OR k.retired_at > clock_timestamp())
     WHERE i.id = ANY($1::uuid[]) GROUP BY i.id`,
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
