import type { Event } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { BaseRpcContext } from '@nestjs/microservices';
import type { ErrorClass } from '../errors/handling-errors.ts';

/** What a handler said of one event of its slice. */
export interface Rejection {
  readonly event: Event;
  readonly class: ErrorClass;
  readonly reason: string;
}

/** What a handler gets beside its events: the transaction, and a way to name a culprit. */
export class Slice extends BaseRpcContext {
  private readonly named = new Map<Event, Rejection>();

  constructor(
    readonly group: string,
    private readonly open: Transaction | undefined,
    private readonly heartbeat: () => Promise<void>,
  ) {
    super([]);
  }

  /** The transaction that the effects, the outbox rows and the inbox rows of this slice share. */
  get transaction(): Transaction {
    if (!this.open) throw new Error(`The handler of ${this.group} opens its own transactions; the slice has none`);
    return this.open;
  }

  get rejections(): readonly Rejection[] {
    return [...this.named.values()];
  }

  /**
   * Names an event that cannot be handled, so that its neighbours can. The handler writes nothing for it.
   *
   * @param errorClass `permanent`: buried at once. `transient`: the whole slice waits, in order. `bug`: the slice is
   *   repeated a few times, then this event alone is buried
   * @param reason for operators, with the names of fields and never their values: it stands in headers and logs
   */
  reject(event: Event, errorClass: ErrorClass, reason: string): void {
    this.named.set(event, { event, class: errorClass, reason });
  }

  /**
   * Keeps the membership while a handler works for longer than a second; to be called between its steps.
   *
   * @throws when the membership is lost: somebody else has these records now, so the handler must stop
   */
  async alive(): Promise<void> {
    await this.heartbeat();
  }
}
