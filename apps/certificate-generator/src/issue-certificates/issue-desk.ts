import type { Made } from '../make-certificates/make-certificates.ts';

interface Pile {
  readonly made: Made['made'][number][];
  readonly failed: Made['failed'][number][];
  readonly issued: PromiseWithResolvers<void>;
}

/**
 * Issues what was made while more of its slice is being made: one transaction at a time, each with all that came to lie here
 * during the one before. So a slice of many short print runs costs few transactions, and its first certificates do not wait for
 * its last.
 */
export class IssueDesk {
  private pile: Pile | undefined;
  private isIssuing = false;

  /** @param issue one transaction */
  constructor(private readonly issue: (made: Made) => Promise<void>) {}

  /** @returns when it is committed; throws what its transaction threw */
  take({ made, failed }: Made): Promise<void> {
    const pile = (this.pile ??= { made: [], failed: [], issued: Promise.withResolvers() });
    pile.made.push(...made);
    pile.failed.push(...failed);
    if (!this.isIssuing) void this.work();
    return pile.issued.promise;
  }

  private async work(): Promise<void> {
    this.isIssuing = true;
    for (let pile = this.pile; pile !== undefined; pile = this.pile) {
      this.pile = undefined;
      await this.issue(pile).then(pile.issued.resolve, pile.issued.reject);
    }
    this.isIssuing = false;
  }
}
