import { insertRows, type Transaction } from '@laurel/persistence';
import type { KeyPurpose, MakeKey } from './issuer-key.ts';

const columns = {
  kid: 'text',
  issuer_id: 'uuid',
  purpose: 'text',
  public_jwk: 'jsonb',
  sealed_private: 'bytea',
  active_from: 'timestamptz',
} as const;

/**
 * Makes the successor of an issuer's newest key, or its first one. The caller has the lock of the issuer's row.
 *
 * @param activeFrom from when on it signs; its predecessor signs until then
 * @returns its id
 */
export async function insertKey(
  transaction: Transaction,
  issuer: { readonly id: string; readonly tenant_id: string; readonly did: string },
  purpose: KeyPurpose,
  activeFrom: Date,
  make: MakeKey,
): Promise<string> {
  await transaction.query(
    'UPDATE issuer_key SET retired_at = $3 WHERE issuer_id = $1 AND purpose = $2 AND retired_at IS NULL',
    [issuer.id, purpose, activeFrom],
  );
  const [had] = await transaction.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM issuer_key WHERE issuer_id = $1 AND purpose = $2',
    [issuer.id, purpose],
  );
  const key = await make(issuer, purpose, (had?.count ?? 0) + 1);
  await insertRows(transaction, 'issuer_key', columns, [
    { ...key, issuer_id: issuer.id, purpose, active_from: activeFrom },
  ]);
  return key.kid;
}
