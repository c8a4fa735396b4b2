import type { Transaction } from '@laurel/persistence';
import { insertKey } from './insert-key.ts';
import type { KeyPurpose, MakeKey } from './issuer-key.ts';

/** When keys are due for a successor. */
export interface KeyRotation {
  readonly now: Date;
  /** Milliseconds for which a key signs. */
  readonly lifetime: number;
  /** Milliseconds for which a successor is published before it signs. */
  readonly overlap: number;
  /** The kinds of keys that tokens are signed with by this installation; another kind is due. */
  readonly tokenKeyType: 'EC' | 'RSA';
}

/** A key that was given a successor. */
export interface SucceededKey {
  readonly issuerId: string;
  readonly purpose: KeyPurpose;
  readonly kid: string;
  readonly activeFrom: Date;
}

const most = 20;

/**
 * Gives successors to keys that are due: too old, of another kind than is wanted, or of an issuer who asked for it. Under the lock of
 * each issuer's row, as `addMissingKeys`; one that has a successor waiting is not due.
 *
 * @returns what was done, of up to 20 keys: call it again until nothing is
 */
export async function succeedKeys(
  transaction: Transaction,
  { now, lifetime, overlap, tokenKeyType }: KeyRotation,
  make: MakeKey,
): Promise<SucceededKey[]> {
  const due = `
    SELECT k.kid, k.purpose, i.id, i.tenant_id, i.did FROM issuer_key k JOIN issuer i ON i.id = k.issuer_id
    WHERE k.retired_at IS NULL AND k.active_from <= $1
      AND (k.active_from <= $2 OR i.rotation_asked_at > k.created_at
           OR (k.purpose = 'jwt' AND k.public_jwk ->> 'kty' <> $3))`;
  const values = [now, new Date(now.getTime() - lifetime), tokenKeyType];
  const found = await transaction.query<DueKey>(`${due} ORDER BY i.id, k.purpose LIMIT ${most}`, values);
  if (found.length === 0) return [];
  const ids = [...new Set(found.map(({ id }) => id))];
  await transaction.query('SELECT id FROM issuer WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [ids]);
  // Another process may have been here while the locks were waited for.
  const still = await transaction.query<DueKey>(`${due} AND k.kid = ANY($4) ORDER BY i.id, k.purpose`, [
    ...values,
    found.map(({ kid }) => kid),
  ]);
  const activeFrom = new Date(now.getTime() + overlap);
  const succeeded: SucceededKey[] = [];
  for (const { purpose, ...issuer } of still) {
    const kid = await insertKey(transaction, issuer, purpose, activeFrom, make);
    succeeded.push({ issuerId: issuer.id, purpose, kid, activeFrom });
  }
  return succeeded;
}

interface DueKey {
  readonly kid: string;
  readonly purpose: KeyPurpose;
  readonly id: string;
  readonly tenant_id: string;
  readonly did: string;
}
