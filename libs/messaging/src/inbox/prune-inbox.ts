import type { DataSource } from 'typeorm';

/** Days after which no dead letter of an event can be redriven any more. */
const daysKept = 31;

/**
 * Deletes rows that no redrive can need any more, a few at a time.
 *
 * @returns how many are gone; call again while it is the whole `limit`
 */
export async function pruneInbox(dataSource: DataSource, limit = 10_000): Promise<number> {
  const [, count] = await dataSource.query<[unknown, number]>(
    `DELETE FROM inbox WHERE ctid = ANY(ARRAY(
       SELECT ctid FROM inbox WHERE received_at < now() - make_interval(days => $1) LIMIT $2))`,
    [daysKept, limit],
  );
  return count;
}
