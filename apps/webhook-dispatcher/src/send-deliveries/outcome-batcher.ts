import { setTimeout as pause } from 'node:timers/promises';
import { LOGGER, type Logger } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { AttemptOutcome } from './attempt-outcome.ts';
import { type HandBack, RecordOutcomes } from './record-outcomes.ts';

interface Waiting {
  readonly outcome?: AttemptOutcome;
  readonly handBack?: HandBack;
  readonly done: (sequel: Sequel) => void;
}

/** What the writer of an outcome has to know of its lane. */
export interface Sequel {
  /** Whether more may be sent: not after the lease is lost, the breaker has opened, or the receiver asked for a pause. */
  readonly holds: boolean;
}

const most = 256;
const patience = 1_000;

/**
 * Writes outcomes together: while one transaction runs, what comes meanwhile waits for the next. A transaction that fails is
 * repeated until it succeeds, for an outcome that is forgotten would be a second request.
 */
@Injectable()
export class OutcomeBatcher {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private isClosed = false;

  constructor(
    private readonly record: RecordOutcomes,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Resolves when it is committed. */
  async add(outcome?: AttemptOutcome, handBack?: HandBack): Promise<Sequel> {
    return new Promise<Sequel>((done) => {
      this.waiting.push({ ...(outcome ? { outcome } : {}), ...(handBack ? { handBack } : {}), done });
      this.running ??= this.drain();
    });
  }

  /** Gives up repeating: the process ends, and what is not written then is sent again after the lease. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.running;
  }

  private async drain(): Promise<void> {
    // What finishes in the same turn of the event loop belongs into one transaction.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, most);
      let stopped: ReadonlySet<string>;
      try {
        stopped = await this.record.run({
          outcomes: batch.flatMap(({ outcome }) => (outcome ? [outcome] : [])),
          handBacks: batch.flatMap(({ handBack }) => (handBack ? [handBack] : [])),
        });
      } catch (err) {
        this.logger.error({ err }, 'Outcomes could not be written; it is tried again');
        if (this.isClosed) break;
        await pause(patience);
        continue;
      }
      this.waiting = this.waiting.slice(batch.length);
      for (const { outcome, done } of batch) done({ holds: !outcome || !stopped.has(outcome.lease.endpointId) });
    }
    this.running = undefined;
  }
}
