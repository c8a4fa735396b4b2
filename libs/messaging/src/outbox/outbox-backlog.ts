import type { DataSource } from 'typeorm';

/** What waits in the outbox: how many rows (counted up to 10,000) and the age of the oldest in seconds. */
export interface OutboxBacklog {
  readonly rows: number;
  readonly oldestSeconds: number;
}

/** Reads the backlog. A job that writes ahead stays under 1,000 rows of its lane. */
export async function outboxBacklog(dataSource: DataSource, lane?: 'interactive' | 'bulk'): Promise<OutboxBacklog> {
  const [row] = await dataSource.query<[{ rows: number; oldest: number | null }]>(
    `SELECT count(*)::int AS rows, extract(epoch FROM now() - min(created_at))::float8 AS oldest
     FROM (SELECT created_at FROM outbox WHERE lane = ANY($1) ORDER BY lane, position LIMIT 10000) AS waiting`,
    [lane === undefined ? [0, 1] : [lane === 'bulk' ? 1 : 0]],
  );
  return { rows: row.rows, oldestSeconds: row.oldest ?? 0 };
}
