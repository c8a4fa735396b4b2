/** All facts about one learner in one batch meet in this row. */
export interface Standing {
  readonly tenantId: string;
  readonly batchId: string;
  readonly learnerId: string;
  readonly enrolmentId: string;
  /** Raised by every fact that arrives. */
  readonly version: number;
  readonly completion: Completion | undefined;
  /** Whether this very transaction made the row: then nothing was decided before. */
  readonly isNew: boolean;
}

/** What is known of the completion, whichever roads it came by, however often. */
export interface Completion {
  /** The earliest instant that a report of it named. */
  readonly completedAt: Date;
  /** `ce_time`, source and id of the report that stands first in time: they say which awards come late. */
  readonly time: Date;
  readonly source: string;
  readonly id: string;
  readonly correlationId: string;
}
