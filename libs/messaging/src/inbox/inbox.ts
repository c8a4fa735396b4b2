import { insertRows, type Transaction } from '@laurel/persistence';

/** What names an event for good. */
export interface EventName {
  readonly tenantId: string;
  readonly source: string;
  readonly id: string;
}

const columns = { consumer_group: 'text', tenant_id: 'text', source: 'text', event_id: 'text' };
const key = ['consumer_group', 'tenant_id', 'source', 'event_id'] as const;

interface InboxRow {
  consumer_group: string;
  tenant_id: string;
  source: string;
  event_id: string;
}

/** Remembers, in the transaction of the effect, which events a group has handled. */
export class Inbox {
  constructor(private readonly group: string) {}

  /**
   * Admits each event once, however often it comes: in an earlier slice, in another process at this moment (whose
   * commit is waited for), or twice in this one.
   *
   * @returns those that are new, the first of each name, in the order given
   */
  async admit<E extends EventName>(transaction: Transaction, events: readonly E[]): Promise<E[]> {
    const byName = new Map<string, E>();
    for (const event of events) {
      const name = nameOf(event);
      if (!byName.has(name)) byName.set(name, event);
    }
    // In one order in every process, or two of them could wait for each other.
    const rows = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => this.row(event));
    const fresh = await insertRows<InboxRow>(transaction, 'inbox', columns, rows, {
      onConflictDoNothing: key,
      returning: ['tenant_id', 'source', 'event_id'],
    });
    if (fresh.length === events.length) return [...events];
    const names = new Set(
      fresh.map((row) => nameOf({ tenantId: row.tenant_id, source: row.source, id: row.event_id })),
    );
    return [...byName].filter(([name]) => names.has(name)).map(([, event]) => event);
  }

  /** Forgets events that were admitted in this transaction and then not handled, so that they can come again. */
  async forget(transaction: Transaction, events: readonly EventName[]): Promise<void> {
    if (events.length === 0) return;
    await transaction.query(
      `DELETE FROM inbox USING unnest($2::text[], $3::text[], $4::text[]) AS gone(tenant_id, source, event_id)
       WHERE inbox.consumer_group = $1 AND inbox.tenant_id = gone.tenant_id
         AND inbox.source = gone.source AND inbox.event_id = gone.event_id`,
      [
        this.group,
        events.map(({ tenantId }) => tenantId),
        events.map(({ source }) => source),
        events.map(({ id }) => id),
      ],
    );
  }

  private row({ tenantId, source, id }: EventName): InboxRow {
    return { consumer_group: this.group, tenant_id: tenantId, source, event_id: id };
  }
}

function nameOf({ tenantId, source, id }: EventName): string {
  return `${tenantId}\u001f${source}\u001f${id}`;
}
