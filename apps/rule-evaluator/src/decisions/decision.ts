import type { ClauseResult } from '@laurel/contracts';
import type { WaitingFor } from './decide.ts';

/** A decision as it is kept, one per completion and award. */
export interface Decision {
  /** Empty in the one row of a completion whose batch is not known or has no award. */
  readonly awardId: string;
  readonly outcome: 'eligible' | 'withheld' | 'waiting';
  readonly waitingFor: WaitingFor | undefined;
  readonly clauses: readonly ClauseResult[];
  readonly awardVersion: number | undefined;
  readonly factsVersion: number;
  readonly requestId: string | undefined;
  /** What certificate.withheld said last, in short. */
  readonly said: string | undefined;
  readonly decidedAt: Date;
  /** Since when the outcome is what it is. */
  readonly since: Date;
}
