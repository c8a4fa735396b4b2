import { insertRows, type Transaction } from '@laurel/persistence';

/** A record as it waits in the outbox. `base64`: key, value and headers are bytes that need not be text. */
export interface OutboxRow {
  readonly lane: 0 | 1;
  readonly topic: string;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly encoding: 'utf8' | 'base64';
  readonly bytes: number;
}

const columns = {
  lane: 'smallint',
  topic: 'text',
  key: 'text',
  value: 'text',
  headers: 'json',
  encoding: 'text',
  bytes: 'integer',
};

/** Writes rows in their order; the order of their positions is the order in which they are sent. */
export async function insertOutboxRows(transaction: Transaction, rows: readonly OutboxRow[]): Promise<void> {
  await insertRows(transaction, 'outbox', columns, rows);
}
