import { OutboundError, type OutboundHttp } from '@laurel/outbound-http';
import type { HeadDelivery } from '../deliveries/delivery.repository.ts';
import type { Lease } from '../lanes/lane.repository.ts';
import { signWebhook } from '../signing/sign-webhook.ts';
import type { AttemptOutcome } from './attempt-outcome.ts';
import type { OutcomeBatcher } from './outcome-batcher.ts';
import type { Slots } from './slots.ts';

/** What a turn works with. */
export interface TurnTools {
  readonly outbound: OutboundHttp;
  readonly slots: Slots;
  readonly batcher: OutcomeBatcher;
  /** Asks for a look. */
  readonly wake: () => void;
}

const agent = 'Laurel-Webhooks/1';
/** The longest request, and how long after a look an attempt may still begin; with the writing they end before the lease. */
const attemptMs = 15_000;
const beginMs = 5_000;
/** Above the longest statement: what a look may have read before its outcome was written is remembered for so long. */
const memoryMs = 10_000;

interface Begun {
  readonly attempts: number;
  /** Infinity until its outcome is written. */
  forgetAt: number;
}

/**
 * The time in which this process holds a lane. Deliveries are sent, so many at once as the lane allows, and each outcome is
 * written before its place is used again. While some are under way more may be added: one slow answer holds up nobody. The
 * lease ends with the last outcome, in its transaction.
 */
export class LaneTurn {
  private readonly queue: HeadDelivery[] = [];
  private readonly begun = new Map<string, Begun>();
  private keys: readonly Buffer[] = [];
  private until = 0;
  private width = 0;
  private isMore = false;
  private workers = 0;
  private underWay = 0;
  private isClosed = false;
  private readonly end = Promise.withResolvers<void>();

  constructor(
    readonly lease: Lease,
    private readonly tools: TurnTools,
  ) {}

  /** Resolves when the lane is handed back; rejects when that was not possible. */
  get ended(): Promise<void> {
    return this.end.promise;
  }

  /** Whether the last look left some behind, and there is room for them now. */
  get isHungry(): boolean {
    return this.isMore && !this.isClosed && this.queue.length < this.width;
  }

  /** Takes what a look found, and whether there may be more. What is under way already is passed over; so is everything once the lane is being handed back. */
  add(deliveries: readonly HeadDelivery[], isMore: boolean, keys: readonly Buffer[]): void {
    if (this.isClosed) return;
    const now = performance.now();
    for (const [id, { forgetAt }] of this.begun) if (forgetAt < now) this.begun.delete(id);
    this.until = now + beginMs;
    this.keys = keys;
    this.isMore = isMore;
    this.width = deliveries[0]?.max_in_flight ?? this.width;
    // Until its outcome is written a delivery looks the same in the database, and a look may be older than the writing.
    const news = deliveries.filter(({ id, attempts }) => attempts > (this.begun.get(id)?.attempts ?? -1));
    for (const delivery of news) this.begun.set(delivery.id, { attempts: delivery.attempts, forgetAt: Infinity });
    this.queue.push(...news);
    const wanted = Math.min(this.width, this.workers + this.queue.length);
    while (this.workers < wanted) this.start();
    if (this.workers === 0) this.close();
  }

  private get isOver(): boolean {
    return this.queue.length === 0 || performance.now() > this.until;
  }

  private start(): void {
    this.workers++;
    this.work()
      .catch((error: unknown) => this.end.reject(error))
      .finally(() => {
        if (--this.workers === 0) this.close();
      });
  }

  private close(): void {
    if (this.isClosed) return this.end.resolve();
    this.isClosed = true;
    this.tools.batcher.add(undefined, { lease: this.lease }).then(() => this.end.resolve(), this.end.reject);
  }

  private halt(): void {
    this.queue.length = 0;
    this.isMore = false;
  }

  private async work(): Promise<void> {
    while (!this.isOver) {
      await this.tools.slots.take();
      // Waiting for a slot may have taken the rest of the time.
      const delivery = this.isOver ? undefined : this.queue.shift();
      if (!delivery) return this.tools.slots.give();
      this.underWay++;
      const outcome = await this.attempt(delivery).finally(() => {
        this.underWay--;
        this.tools.slots.give();
      });
      if (!outcome) return;
      // Nobody begins another one after this: the lease can end in the same transaction.
      this.isClosed ||= this.isOver && this.underWay === 0;
      const { holds } = await this.tools.batcher.add(outcome, this.isClosed ? { lease: this.lease } : undefined);
      const known = this.begun.get(delivery.id);
      if (known) known.forgetAt = performance.now() + memoryMs;
      if (!holds) this.halt();
      else if (this.isHungry) this.tools.wake();
    }
  }

  /** One request. @returns undefined when it was broken off because this process ends: nobody knows then what arrived */
  private async attempt(delivery: HeadDelivery): Promise<AttemptOutcome | undefined> {
    const startedAt = new Date();
    const begin = performance.now();
    const base = { lease: this.lease, delivery, startedAt };
    try {
      const signed = signWebhook(`msg_${delivery.event_id}`, startedAt.getTime(), delivery.body, this.keys);
      const response = await this.tools.outbound.request({
        method: 'POST',
        url: delivery.url,
        headers: { ...signed, 'content-type': 'application/json', 'user-agent': agent },
        body: delivery.body,
        timeoutMs: attemptMs,
      });
      return { ...base, milliseconds: response.milliseconds, response };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return error.kind === 'closed' ? undefined : { ...base, milliseconds: performance.now() - begin, error };
    }
  }
}
