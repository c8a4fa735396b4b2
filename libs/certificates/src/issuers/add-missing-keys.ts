import { insertRows, type Transaction } from '@laurel/persistence';
import { findIssuers, type IssuerInUse } from './issuer-in-use.ts';

/** A key as it is kept: its private half sealed. */
export interface SealedIssuerKey {
  readonly kid: string;
  readonly public_jwk: object;
  readonly sealed_private: Buffer;
}

const columns = { kid: 'text', issuer_id: 'uuid', public_jwk: 'jsonb', sealed_private: 'bytea' };

/**
 * Makes a key for each of these issuers that has none, under the lock of its row: of two workers that both find none, the second
 * one waits and finds the first one's.
 *
 * @returns those of the issuers that there are, each with its key
 */
export async function addMissingKeys(
  transaction: Transaction,
  issuers: Map<string, IssuerInUse>,
  make: (issuer: IssuerInUse) => Promise<SealedIssuerKey>,
): Promise<Map<string, IssuerInUse>> {
  const keyless = [...issuers.values()].filter(({ kid }) => kid === null).map(({ id }) => id);
  if (keyless.length === 0) return issuers;
  await transaction.query('SELECT id FROM issuer WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [keyless]);
  // A statement of its own: only so does it see what was committed while the lock was waited for.
  const now = await findIssuers(transaction, [...issuers.keys()]);
  const rows: (SealedIssuerKey & { issuer_id: string })[] = [];
  for (const issuer of now.values()) {
    if (issuer.kid !== null) continue;
    const key = await make(issuer);
    rows.push({ ...key, issuer_id: issuer.id });
    now.set(issuer.id, { ...issuer, kid: key.kid });
  }
  await insertRows(transaction, 'issuer_key', columns, rows);
  return now;
}
