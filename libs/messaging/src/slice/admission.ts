import type { Event } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Burials } from '../dead-letters/burials.ts';
import { Inbox } from '../inbox/inbox.ts';
import type { Doomed, Received } from './received.ts';

/** What a slice brings that is new, and what was made of the rest before. */
export interface Admitted {
  /** For the handler. */
  readonly events: Event[];
  /** Events that were handled or buried before. */
  readonly repeated: number;
  /** Those of them that were buried, and those that were buried as bugs. */
  readonly buried: { readonly all: number; readonly bugs: number };
}

/** Decides, in the transaction of a slice, which events come to the handler and which letters are really written. */
export class Admission {
  private readonly inbox: Inbox;
  private readonly burials: Burials;

  /** @param usesInbox whether the group's effects have no key of their own */
  constructor(
    group: string,
    private readonly usesInbox: boolean,
  ) {
    this.inbox = new Inbox(group);
    this.burials = new Burials(group);
  }

  async admit(transaction: Transaction, received: readonly Received[]): Promise<Admitted> {
    const all = received.map(({ event }) => event);
    if (!this.usesInbox) return { events: all, repeated: 0, buried: { all: 0, bugs: 0 } };
    await this.reopen(transaction, received);
    const events = await this.inbox.admit(transaction, all);
    const admitted = new Set(events);
    const rest = received.filter(({ event }) => !admitted.has(event));
    return { events, repeated: rest.length, buried: await this.burials.count(transaction, rest) };
  }

  /**
   * Of letters for events that were given up: those that nobody has handled or buried meanwhile. What cannot be read is
   * no event and passes.
   */
  async unhandled(transaction: Transaction, doomed: readonly Doomed[]): Promise<Doomed[]> {
    const received = doomed.flatMap(({ record, redrive, event }) => (event ? [{ record, redrive, event }] : []));
    if (!this.usesInbox || received.length === 0) return [...doomed];
    const { events } = await this.admit(transaction, received);
    return doomed.filter(({ event }) => !event || events.includes(event));
  }

  /** Notes that these were buried, whose rows in the inbox would else say that they were handled. */
  async buried(transaction: Transaction, letters: readonly Doomed[]): Promise<void> {
    if (!this.usesInbox) return;
    await this.burials.note(
      transaction,
      letters.filter(({ event }) => event),
    );
  }

  private async reopen(transaction: Transaction, received: readonly Received[]): Promise<void> {
    const exhumed = await this.burials.exhume(transaction, received);
    await this.inbox.forget(
      transaction,
      exhumed.map(({ event }) => event),
    );
  }
}
