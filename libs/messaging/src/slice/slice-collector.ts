import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KafkaRecord } from '@laurel/contracts';
import type { FetchedPartition, NextOffset } from '../broker/broker.ts';
import { crashPoint } from '../crash-points/crash-point.ts';

/** What the handling of a slice has to know of the membership. */
export interface Membership {
  /** Keeps it; throws when it is lost. */
  readonly alive: () => Promise<void>;
  /** Whether the consumer is being stopped: a slice that can only wait is left for the next member. */
  readonly isLeaving: () => boolean;
}

/** Handles the records of one slice. It returns when their offsets may be committed. */
export type HandleSlice = (records: KafkaRecord[], membership: Membership) => Promise<void>;

interface Waiting {
  readonly partition: FetchedPartition;
  next: number;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

interface Share {
  readonly waiting: Waiting;
  readonly records: readonly KafkaRecord[];
}

/**
 * Makes slices over all partitions of a lane: every partition of a fetch hands its records over and waits; each slice
 * takes a share of each, in order, and is followed by one commit of offsets.
 *
 * Invariant: only {@link work} touches `waiting`, one slice at a time, so records of one partition never overtake.
 */
export class SliceCollector {
  private waiting: Waiting[] = [];
  private working = false;
  private stopped = false;

  constructor(
    private readonly handle: HandleSlice,
    private readonly size = 200,
  ) {}

  /**
   * Hands over what a fetch brought of one partition.
   *
   * @returns when all of it is handled and committed, or left because the consumer stops
   * @throws what the membership's loss, or a failure outside of handlers, threw
   */
  offer(partition: FetchedPartition): Promise<void> {
    return new Promise((done, fail) => {
      this.waiting.push({ partition, next: 0, done, fail });
      if (!this.working) void this.work();
    });
  }

  /** Ends after the slice that is being handled; what was not begun is left for the next member. */
  stop(): void {
    this.stopped = true;
  }

  private async work(): Promise<void> {
    this.working = true;
    // The partitions of one fetch are handed over in one turn; the first slice waits for all of them.
    await nextTurn();
    while (this.waiting.length > 0) {
      this.leaveIfStopping();
      const shares = this.take();
      if (shares.length === 0) break;
      try {
        await this.handleShares(shares);
      } catch (error) {
        // The membership, or the fetch, is lost with all that is waiting: kafkajs joins and fetches again. One that
        // stops has nobody to tell; what is not committed is left for the next member.
        for (const { done, fail } of this.waiting.splice(0)) {
          if (this.stopped) done();
          else fail(error);
        }
      }
    }
    this.working = false;
  }

  private async handleShares(shares: readonly Share[]): Promise<void> {
    const [first] = shares;
    if (!first) return;
    const { partition } = first.waiting;
    await this.handle(
      shares.flatMap(({ records }) => records),
      { alive: () => partition.heartbeat(), isLeaving: () => this.stopped },
    );
    await partition.commit(shares.flatMap(({ records }) => nextOffset(records)));
    // After the commit: where that fails the records are fetched again, found handled, and committed then.
    for (const { waiting, records } of shares) {
      const last = records.at(-1);
      if (last) waiting.partition.resolve(last);
      waiting.next += records.length;
    }
    crashPoint('slice.after-offsets');
    this.waiting = this.waiting.filter((waiting) => {
      const isDone = waiting.next >= waiting.partition.records.length;
      if (isDone) waiting.done();
      return !isDone;
    });
  }

  /** Up to `size` records, shared out evenly; what one partition does not need goes to the others. */
  private take(): Share[] {
    let room = this.size;
    return this.waiting.slice(0, this.size).map((waiting, index, all) => {
      const share = Math.ceil(room / (all.length - index));
      const records = waiting.partition.records.slice(waiting.next, waiting.next + share);
      room -= records.length;
      return { waiting, records };
    });
  }

  private leaveIfStopping(): void {
    this.waiting = this.waiting.filter(({ partition, done }) => {
      const goesOn = !this.stopped && partition.isRunning();
      if (!goesOn) done();
      return goesOn;
    });
  }
}

function nextOffset(records: readonly KafkaRecord[]): NextOffset[] {
  const last = records.at(-1);
  if (!last) return [];
  return [{ topic: last.topic, partition: last.partition, offset: String(BigInt(last.offset) + 1n) }];
}
