import { insertRows, type Transaction } from '@laurel/persistence';
import type { Doomed, Received } from '../slice/received.ts';
import { letterName } from './letter-name.ts';

const columns = { consumer_group: 'text', tenant_id: 'text', source: 'text', event_id: 'text' };
const source = (errorClass: string) => `laurel:buried/${errorClass}`;
const sources = [source('permanent'), source('bug')];

/**
 * Notes, beside the inbox rows of events, which of them mean "buried" and not "handled". So an event that is delivered
 * again (a crash before its offset, a group that stopped) is neither handled behind its letter's back nor buried twice,
 * and its redrive does not look like a repetition.
 */
export class Burials {
  constructor(private readonly group: string) {}

  async note(transaction: Transaction, letters: readonly Doomed[]): Promise<void> {
    const rows = letters.map(({ record, redrive, errorClass }) => ({
      consumer_group: this.group,
      tenant_id: '',
      source: source(errorClass),
      event_id: letterName(record, redrive),
    }));
    await insertRows(transaction, 'inbox', columns, rows, { onConflictDoNothing: 'any' });
  }

  /**
   * Opens the graves of what is redriven, each once.
   *
   * @returns those whose letter was there: they have not been handled yet
   */
  async exhume(transaction: Transaction, received: readonly Received[]): Promise<Received[]> {
    const byLetter = new Map(
      received.flatMap((one) => (one.redrive > 0 ? [[letterName(one.record, one.redrive - 1), one] as const] : [])),
    );
    if (byLetter.size === 0) return [];
    const opened = await transaction.query<{ event_id: string }>(
      `DELETE FROM inbox WHERE consumer_group = $1 AND tenant_id = '' AND source = ANY($2) AND event_id = ANY($3)
       RETURNING event_id`,
      [this.group, sources, [...byLetter.keys()]],
    );
    return opened.flatMap((row) => byLetter.get(row.event_id) ?? []);
  }

  /** How many of these are buried, and how many of them as bugs. */
  async count(transaction: Transaction, received: readonly Received[]): Promise<{ all: number; bugs: number }> {
    if (received.length === 0) return { all: 0, bugs: 0 };
    const [counted] = await transaction.query<{ all: number; bugs: number }>(
      `SELECT count(*)::int AS all, (count(*) FILTER (WHERE source = $3))::int AS bugs FROM inbox
       WHERE consumer_group = $1 AND tenant_id = '' AND source = ANY($2) AND event_id = ANY($4)`,
      [this.group, sources, source('bug'), received.map(({ record, redrive }) => letterName(record, redrive))],
    );
    return counted ?? { all: 0, bugs: 0 };
  }
}
