import type { Transaction } from '@laurel/persistence';

/**
 * Tells the signer of status lists that the bits of these lists are to be read anew, in the transaction that changes the state of
 * their certificates (architecture section 6). It adds rows and locks none: whoever marks never waits for another.
 *
 * @param lists the `status_list` of each certificate that is being revoked or superseded; one without an entry has null
 */
export async function markStatusChanged(transaction: Transaction, lists: readonly (string | null)[]): Promise<void> {
  const marked = [...new Set(lists)].filter((list) => list !== null);
  if (marked.length === 0) return;
  await transaction.query('INSERT INTO status_list_change (list) SELECT unnest($1::uuid[])', [marked]);
}
