import type { Doomed } from './received.ts';

/** Bugs in a row that are still taken for bad records. */
const mostBugs = 20;

/** Every record fails: it is the code, not the records. The group stops and its topic stays where it is. */
export class GroupStopped extends Error {
  override readonly name = 'GroupStopped';
}

/** Counts bugs in a row, over slices. */
export class BugStreak {
  private bugs = 0;

  /** @throws {GroupStopped} when burying these would be one bug too many; nothing is committed then */
  check(letters: readonly Doomed[]): void {
    if (this.bugs + countBugs(letters) > mostBugs) {
      throw new GroupStopped(`stopped after ${this.bugs} bugs in a row: it is the code, not the records`);
    }
  }

  /** What was committed: these letters, and so many events that went through. */
  record(letters: readonly Doomed[], handled: number): void {
    this.bugs = handled > 0 ? 0 : this.bugs + countBugs(letters);
  }
}

const countBugs = (letters: readonly Doomed[]) => letters.filter(({ errorClass }) => errorClass === 'bug').length;
