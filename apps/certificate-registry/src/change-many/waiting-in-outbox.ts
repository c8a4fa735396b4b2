import type { Transaction } from '@laurel/persistence';

/** How many interactive rows wait in the outbox, counted up to a limit: a job waits while there are many. */
export async function waitingInOutbox(transaction: Transaction, limit: number): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM (SELECT 1 FROM outbox WHERE lane = 0 LIMIT $1) AS waiting',
    [limit],
  );
  return row?.count ?? 0;
}
