/** Bugs in a row that are still taken for bad records. */
const mostBugs = 20;

/** Every record fails: it is the code, not the records. The group stops and its topic stays where it is. */
export class GroupStopped extends Error {
  override readonly name = 'GroupStopped';
}

/** What became of the events of a slice, now or when they were first delivered. */
export interface Outcome {
  /** Buried as bugs. */
  readonly bugs: number;
  /** Went through. */
  readonly passed: number;
}

/** Counts bugs in a row, over slices. A single event that goes through ends the row. */
export class BugStreak {
  private bugs = 0;

  /** @throws {GroupStopped} when burying these would be one bug too many; nothing is committed then */
  check({ bugs, passed }: Outcome): void {
    if (passed === 0 && this.bugs + bugs > mostBugs) {
      throw new GroupStopped(`after ${this.bugs} bugs in a row: it is the code, not the records`);
    }
  }

  /** What was committed. */
  record({ bugs, passed }: Outcome): void {
    this.bugs = passed > 0 ? 0 : this.bugs + bugs;
  }
}
