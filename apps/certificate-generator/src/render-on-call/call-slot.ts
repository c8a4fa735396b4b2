import { Problem } from '@laurel/service-kit';

/**
 * One piece of work at a time, for callers that wait, in the order in which they came. A few may wait for their turn; whoever comes
 * then is told to come again.
 */
export class CallSlot {
  private readonly turns: (() => void)[] = [];
  private isTaken = false;

  constructor(
    private readonly milliseconds = 10_000,
    private readonly mostWaiting = 2,
  ) {}

  /** @throws {Problem} 429 while too many wait, 503 when it takes too long, from the call on */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.isTaken && this.turns.length >= this.mostWaiting) {
      throw new Problem(429, {
        code: 'renderer-busy',
        detail: 'The renderer is busy with other calls: try again in a second.',
        headers: { 'retry-after': '1' },
      });
    }
    const turn = Promise.withResolvers<void>();
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const place = this.turns.indexOf(turn.resolve);
      if (place >= 0) this.turns.splice(place, 1);
      late.reject(tooLate(this.milliseconds));
    }, this.milliseconds);
    if (this.isTaken) this.turns.push(turn.resolve);
    else turn.resolve();
    this.isTaken = true;
    // Until the work has ended, not only until its caller was answered: there is one slot.
    const working = turn.promise.then(work).finally(() => this.next());
    working.catch(() => undefined);
    try {
      return await Promise.race([working, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  private next(): void {
    const turn = this.turns.shift();
    if (turn) turn();
    else this.isTaken = false;
  }
}

function tooLate(milliseconds: number): Problem {
  return new Problem(503, {
    code: 'renderer-slow',
    detail: `The renderer did not answer within ${milliseconds / 1_000} s: try again, or look for filters and huge pictures in the template.`,
    headers: { 'retry-after': '5' },
  });
}
