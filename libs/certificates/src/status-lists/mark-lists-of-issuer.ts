import type { Transaction } from '@laurel/persistence';

/**
 * Asks for a new edition of every list of an issuer, in the transaction after which its old ones are no longer believed: a key of it
 * was stolen.
 */
export async function markListsOfIssuer(transaction: Transaction, issuerId: string): Promise<void> {
  await transaction.query(
    'INSERT INTO status_list_change (list) SELECT id FROM status_list WHERE issuer_id = $1 ORDER BY id',
    [issuerId],
  );
}
