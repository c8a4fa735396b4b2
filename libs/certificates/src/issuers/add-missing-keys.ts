import type { Transaction } from '@laurel/persistence';
import { insertKey } from './insert-key.ts';
import { findIssuers, type IssuerInUse } from './issuer-in-use.ts';
import { type KeyPurpose, keyPurposes, type MakeKey } from './issuer-key.ts';

/**
 * Sees to it that each of these issuers has a key of each purpose in use, under the lock of its row: of two workers that both find
 * none, the second one waits and finds the first one's. One is missing at the first certificate, and when the one in use was stolen:
 * then a successor that waits for its time signs at once.
 *
 * @returns those of the issuers that there are, each with its keys
 */
export async function addMissingKeys(
  transaction: Transaction,
  issuers: Map<string, IssuerInUse>,
  make: MakeKey,
): Promise<Map<string, IssuerInUse>> {
  const keyless = [...issuers.values()].filter((issuer) => missingOf(issuer).length > 0).map(({ id }) => id);
  if (keyless.length === 0) return issuers;
  await transaction.query('SELECT id FROM issuer WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [keyless]);
  // A statement of its own: only so does it see what was committed while the lock was waited for.
  const now = await findIssuers(transaction, [...issuers.keys()]);
  for (const issuer of now.values()) {
    for (const purpose of missingOf(issuer)) {
      const kid =
        (await activateWaiting(transaction, issuer.id, purpose)) ??
        (await insertKey(transaction, issuer, purpose, new Date(), make));
      const known = now.get(issuer.id) ?? issuer;
      now.set(issuer.id, purpose === 'jwt' ? { ...known, kid } : { ...known, integrity_kid: kid });
    }
  }
  return now;
}

function missingOf({ kid, integrity_kid }: IssuerInUse): KeyPurpose[] {
  return keyPurposes.filter((purpose) => (purpose === 'jwt' ? kid : integrity_kid) === null);
}

async function activateWaiting(
  transaction: Transaction,
  issuerId: string,
  purpose: KeyPurpose,
): Promise<string | undefined> {
  const [waiting] = await transaction.query<{ kid: string }>(
    `UPDATE issuer_key SET active_from = clock_timestamp()
     WHERE issuer_id = $1 AND purpose = $2 AND retired_at IS NULL AND compromised_at IS NULL
       AND active_from > clock_timestamp() RETURNING kid`,
    [issuerId, purpose],
  );
  return waiting?.kid;
}
