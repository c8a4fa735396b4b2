import { setTimeout as pause } from 'node:timers/promises';
import { type Event, type KafkaRecord, parseRecord } from '@laurel/contracts';
import type { Transaction, UnitOfWork } from '@laurel/persistence';
import type { Logger } from 'pino';
import { crashPoint } from '../crash-points/crash-point.ts';
import { bury } from '../dead-letters/bury.ts';
import { classifyError, type Verdict } from '../errors/classify-error.ts';
import { TransientError } from '../errors/handling-errors.ts';
import type { ConsumerHealth } from '../health/consumer-health.ts';
import { metrics } from '../metrics/metrics.ts';
import { traceContext } from '../tracing/trace-context.ts';
import { Admission } from './admission.ts';
import { BugStreak, GroupStopped, type Outcome } from './bug-streak.ts';
import type { HandlerOptions } from './handler-options.ts';
import { readRedriven } from './read-redriven.ts';
import type { Doomed, Received } from './received.ts';
import type { Membership } from './slice-collector.ts';
import { Slice } from './slice.ts';

export interface SliceRunnerOptions extends HandlerOptions {
  readonly group: string;
  readonly unitOfWork: UnitOfWork;
  readonly logger: Logger;
  readonly health: ConsumerHealth;
  readonly defaultTenant?: string | undefined;
  /** Calls the handler; an error keeps its class. */
  readonly handler: (events: Event[], slice: Slice) => Promise<void>;
  /** There are dead letters in the outbox. */
  readonly nudge: () => void;
}

/** How often a bug is tried before the event is buried. */
const bugAttempts = 3;

/**
 * Takes one slice to its end: parsed, deduplicated, handled and committed; or, where it fails, waited for, halved until
 * the culprit is alone, and the culprit buried. It returns only when the offsets may move on.
 */
export class SliceRunner {
  private readonly admission: Admission;
  private readonly streak = new BugStreak();
  private readonly log: Logger;

  constructor(private readonly options: SliceRunnerOptions) {
    const usesInbox = options.idempotency !== 'own-key' && options.transaction !== 'own';
    this.admission = new Admission(options.group, usesInbox);
    this.log = options.logger.child({ group: options.group });
  }

  /**
   * @throws {GroupStopped} when too many bugs came in a row
   * @throws {SliceLeft} when an outage lasts and the consumer is being stopped
   * @throws what `alive` throws when the membership is lost
   */
  async run(records: readonly KafkaRecord[], membership: Membership): Promise<void> {
    const end = metrics.slice.startTimer({ group: this.options.group });
    const { received, doomed } = this.parse(records);
    await this.handle(received, doomed, membership);
    end();
  }

  private parse(records: readonly KafkaRecord[]): { received: Received[]; doomed: Doomed[] } {
    const received: Received[] = [];
    const doomed: Doomed[] = [];
    for (const arrived of records) {
      const { record, redrive } = readRedriven(arrived);
      const parsed = parseRecord(record, this.options.defaultTenant);
      if (parsed.kind === 'event') received.push({ record, redrive, event: parsed.event });
      else if (parsed.kind === 'malformed') {
        const { reason, tenantId } = parsed;
        doomed.push({ record, redrive, tenantId, errorClass: 'permanent', reason, attempts: 1 });
      } else this.count(parsed.kind, 1);
    }
    return { received, doomed };
  }

  /** Handles events that belong together, and buries what was found malformed among them. */
  private async handle(
    received: readonly Received[],
    doomed: readonly Doomed[],
    membership: Membership,
  ): Promise<void> {
    if (received.length === 0 && doomed.length === 0) return;
    const attempts = new Map<Event, number>();
    let outages = 0;
    for (;;) {
      // First, so that a lost membership costs nothing; what it throws is for kafkajs.
      await membership.alive();
      try {
        await this.once(received, doomed, attempts, membership);
        this.options.health.works();
        metrics.waiting.set({ group: this.options.group }, 0);
        return;
      } catch (error) {
        if (error instanceof GroupStopped) throw error;
        if (error instanceof MembershipLost) throw error.cause;
        if (error instanceof BugNamed) continue;
        const verdict = classifyError(error);
        if (verdict.class === 'transient') {
          if (membership.isLeaving()) throw new SliceLeft('An outage lasts, and the consumer stops', { cause: error });
          await this.waitFor(verdict, outages++);
        } else if (received.length > 1) return this.halves(received, doomed, membership);
        else if (!(await this.isWorthAnotherTry(received, verdict, attempts, error))) {
          return this.handle([], [...doomed, ...this.giveUp(received, verdict, attempts)], membership);
        }
      }
    }
  }

  /** The left half first and wholly, so that the order holds. */
  private async halves(
    received: readonly Received[],
    doomed: readonly Doomed[],
    membership: Membership,
  ): Promise<void> {
    const middle = Math.ceil(received.length / 2);
    await this.handle(received.slice(0, middle), doomed, membership);
    await this.handle(received.slice(middle), [], membership);
  }

  private async once(
    received: readonly Received[],
    doomed: readonly Doomed[],
    attempts: Map<Event, number>,
    membership: Membership,
  ): Promise<void> {
    crashPoint('slice.before-transaction');
    if (this.options.transaction === 'own') {
      const slice = this.slice(undefined, membership);
      await this.callHandler(
        received.map(({ event }) => event),
        slice,
      );
      const rejected = this.rejected(slice, received, attempts);
      const letters = [...doomed, ...rejected];
      const passed = received.length - rejected.length;
      const outcome = { bugs: countBugs(letters), passed };
      if (letters.length > 0) {
        await this.options.unitOfWork.run((transaction) => this.bury(transaction, letters, outcome));
      }
      this.done(outcome, { handled: passed, repeated: 0, letters: letters.length });
      return;
    }
    const { outcome, counts } = await this.options.unitOfWork.run(async (transaction) => {
      const { events, repeated, buried } = await this.admission.admit(transaction, received);
      const slice = this.slice(transaction, membership);
      await this.callHandler(events, slice);
      const named = this.rejected(slice, received, attempts);
      const letters = [...(await this.admission.unhandled(transaction, doomed)), ...named];
      const bugs = countBugs(letters) + buried.bugs;
      const what = { bugs, passed: received.length - named.length - buried.all };
      await this.bury(transaction, letters, what);
      crashPoint('slice.in-transaction');
      return { outcome: what, counts: { handled: events.length - named.length, repeated, letters: letters.length } };
    });
    crashPoint('slice.after-commit');
    this.done(outcome, counts);
  }

  private async callHandler(events: Event[], slice: Slice): Promise<void> {
    if (events.length === 0) return;
    const [first] = events;
    const context = {
      ...(events.length === 1 && first ? { eventId: first.id, tenantId: first.tenantId } : {}),
      ...(first?.traceparent === undefined ? {} : { traceparent: first.traceparent }),
      ...(events.length === 1 && first ? { correlationId: first.correlationId } : {}),
    };
    await traceContext.run(context, () => this.options.handler(events, slice));
  }

  private slice(transaction: Transaction | undefined, { alive }: Membership): Slice {
    return new Slice(this.options.group, transaction, async () => {
      try {
        await alive();
      } catch (cause) {
        throw new MembershipLost('The membership was lost in mid-slice', { cause });
      }
    });
  }

  /** What the handler named, as dead letters; a transient one or a bug with tries left undoes the slice instead. */
  private rejected(slice: Slice, received: readonly Received[], attempts: Map<Event, number>): Doomed[] {
    const { rejections } = slice;
    if (rejections.length === 0) return [];
    const transient = rejections.find((rejection) => rejection.class === 'transient');
    if (transient) throw new TransientError(transient.reason, transient.reason);
    const again = rejections.filter(({ event, class: errorClass }) => {
      const tries = (attempts.get(event) ?? 0) + 1;
      attempts.set(event, tries);
      return errorClass === 'bug' && tries < bugAttempts;
    });
    if (again.length > 0) throw new BugNamed(`${again.length} events are tried again`);
    const byEvent = new Map(received.map((one) => [one.event, one]));
    return rejections.flatMap(({ event, class: errorClass, reason }) => {
      const one = byEvent.get(event);
      // A copy, say: taken silently, the record would be neither handled nor buried.
      if (!one) throw new Error('slice.reject was given an event that is not of its slice');
      if (errorClass === 'transient') return [];
      return [doom(one, errorClass, reason, attempts.get(event) ?? 1)];
    });
  }

  private async bury(transaction: Transaction, letters: readonly Doomed[], outcome: Outcome): Promise<void> {
    if (letters.length === 0) return;
    if (countBugs(letters) > 0) this.streak.check(outcome);
    const fresh = await bury(transaction, this.options.group, letters);
    await this.admission.buried(transaction, letters);
    transaction.afterCommit(() => {
      this.options.nudge();
      for (const letter of fresh) this.alarm(letter);
    });
  }

  private done(outcome: Outcome, counts: { handled: number; repeated: number; letters: number }): void {
    this.streak.record(outcome);
    this.count('handled', counts.handled);
    this.count('repeated', counts.repeated);
    this.count('dead-lettered', counts.letters);
  }

  private async isWorthAnotherTry(
    [alone]: readonly Received[],
    verdict: Verdict,
    attempts: Map<Event, number>,
    error: unknown,
  ): Promise<boolean> {
    if (!alone) throw error;
    const tries = (attempts.get(alone.event) ?? 0) + 1;
    attempts.set(alone.event, tries);
    if (verdict.class !== 'bug' || tries >= bugAttempts) return false;
    await pause(50 * tries);
    return true;
  }

  private giveUp([alone]: readonly Received[], verdict: Verdict, attempts: Map<Event, number>): Doomed[] {
    if (!alone || verdict.class === 'transient') return [];
    return [doom(alone, verdict.class, verdict.reason, attempts.get(alone.event) ?? 1)];
  }

  private async waitFor(verdict: Verdict, outages: number): Promise<void> {
    const { dependency = 'a dependency', reason } = verdict;
    this.options.health.waits(dependency);
    metrics.waiting.set({ group: this.options.group }, 1);
    // Every try of a minute would fill the log; the first one and then about one a minute say enough.
    if (outages % 60 === 0) this.log.warn({ dependency, reason, outages }, 'A slice waits, in order');
    await pause(Math.min(1_000, 50 * 2 ** Math.min(outages, 6)));
  }

  private alarm(letter: Doomed): void {
    const { record, reason, errorClass, attempts } = letter;
    const { topic, partition, offset } = record;
    metrics.deadLettered.inc({ group: this.options.group, error_class: errorClass });
    const level = errorClass === 'bug' ? 'error' : 'warn';
    this.log[level]({ topic, partition, offset, errorClass, attempts, reason }, 'A record was buried');
  }

  private count(outcome: string, records: number): void {
    if (records > 0) metrics.handled.inc({ group: this.options.group, outcome }, records);
  }
}

/** The slice is repeated at once; the event that failed has tries left. */
class BugNamed extends Error {
  override readonly name = 'BugNamed';
}

/** The slice is not handled, and its offsets stay where they are. */
class SliceLeft extends Error {
  override readonly name = 'SliceLeft';
}

/** Carries what kafkajs threw through the handler's transaction, out to kafkajs. */
class MembershipLost extends Error {
  override readonly name = 'MembershipLost';
}

function doom(one: Received, errorClass: 'permanent' | 'bug', reason: string, attempts: number): Doomed {
  const { record, redrive, event } = one;
  return { record, redrive, event, tenantId: event.tenantId, errorClass, reason, attempts };
}

const countBugs = (letters: readonly Doomed[]) => letters.filter(({ errorClass }) => errorClass === 'bug').length;
