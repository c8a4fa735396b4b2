import { Problem } from '@laurel/service-kit';

/** One piece of work at a time, for callers that wait: whoever comes meanwhile is told to come again. */
export class CallSlot {
  private isTaken = false;

  constructor(private readonly milliseconds = 10_000) {}

  /** @throws {Problem} 429 while another call has the slot, 503 when it takes too long */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.isTaken) {
      throw new Problem(429, {
        code: 'renderer-busy',
        detail: 'The renderer is busy with another call: try again in a second.',
        headers: { 'retry-after': '1' },
      });
    }
    this.isTaken = true;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(tooLate(this.milliseconds)), this.milliseconds);
    // Until the work has ended, not only until its caller was answered: there is one slot.
    const working = work().finally(() => (this.isTaken = false));
    working.catch(() => undefined);
    try {
      return await Promise.race([working, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function tooLate(milliseconds: number): Problem {
  return new Problem(503, {
    code: 'renderer-slow',
    detail: `The renderer did not answer within ${milliseconds / 1_000} s: try again, or look for filters and huge pictures in the template.`,
    headers: { 'retry-after': '5' },
  });
}
