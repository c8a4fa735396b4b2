import { LOGGER, type Logger, Rounds } from '@laurel/service-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { DueList } from './due-list.ts';
import { SignStatusLists } from './sign-status-lists.ts';
import { StatusListMetrics } from './status-list-metrics.ts';

const every = 1_000;
/** Lists that are signed at the same time: one signs while the other waits for its rows. */
const atOnce = 2;
/** Milliseconds for which this process leaves a list alone that it could not sign; another one may have better luck. */
const pause = 10_000;
/** Seconds after which a change that nobody has signed is told, and how often. */
const [late, reminder] = [10, 60_000];

/** Looks for status lists to sign, every second, in every generator, whatever lanes it has. */
@Injectable()
export class StatusListTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = new Rounds(every, () => this.look());
  private isBlind = false;
  private reminded = 0;
  private readonly pausedUntil = new Map<string, number>();

  constructor(
    private readonly signStatusLists: SignStatusLists,
    private readonly metrics: StatusListMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.rounds.stop();
  }

  private async look(): Promise<void> {
    let due;
    try {
      due = await this.signStatusLists.due();
    } catch (err) {
      // Once for each outage, not once a second.
      if (!this.isBlind) this.logger.warn({ err }, 'Status lists cannot be looked at; tried again every second');
      this.isBlind = true;
      return;
    }
    this.isBlind = false;
    this.metrics.behind(due.behind);
    this.remind(due.behind);
    for (const [list, until] of this.pausedUntil) if (until <= Date.now()) this.pausedUntil.delete(list);
    const waiting = due.lists.filter(({ id }) => !this.pausedUntil.has(id)).values();
    await Promise.all(Array.from({ length: atOnce }, () => this.signAll(waiting)));
  }

  /** Signs lists of a queue that others take from too. */
  private async signAll(waiting: IterableIterator<DueList>): Promise<void> {
    for (const list of waiting) {
      if (this.rounds.isEnding) return;
      try {
        if (await this.signStatusLists.sign(list)) this.metrics.countSigned();
      } catch (err) {
        this.metrics.countFailed();
        this.pausedUntil.set(list.id, Date.now() + pause);
        this.logger.warn({ err, list: list.id }, 'A status list could not be signed; tried again in ten seconds');
      }
    }
  }

  private remind(behind: number): void {
    if (behind < late || Date.now() - this.reminded < reminder) return;
    this.reminded = Date.now();
    this.logger.error({ seconds: Math.round(behind) }, 'Revocations wait for their status list to be signed');
  }
}
