import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';

/** One event, as it is sent. */
export interface EventRow {
  readonly id: string;
  readonly identity: string;
  readonly tenant_id: string;
  readonly type: string;
  readonly occurred_at: Date;
  readonly body: Buffer;
  readonly source_event_id: string;
  readonly correlation_id: string;
  readonly traceparent: string | undefined;
}

const columns = {
  id: 'uuid',
  identity: 'uuid',
  tenant_id: 'text',
  type: 'text',
  occurred_at: 'timestamptz',
  body: 'bytea',
  source_event_id: 'text',
  correlation_id: 'text',
  traceparent: 'text',
};

/** The rows of `event`. */
@Injectable()
export class EventRepository {
  /** Adds what is not there yet. The rows' order is that of their identity, so that two writers cannot wait for each other. */
  async add(transaction: Transaction, rows: readonly EventRow[]): Promise<void> {
    const sorted = rows.toSorted((a, b) => (a.identity < b.identity ? -1 : 1));
    await insertRows(transaction, 'event', columns, sorted, { onConflictDoNothing: 'any' });
  }
}
