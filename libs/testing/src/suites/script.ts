import type { CourseCompleted } from '@laurel/contracts';
import type { Slice } from '@laurel/messaging';

type Act = (events: CourseCompleted[], slice: Slice) => Promise<void> | void;

/** What the handler of a test does beside its effect, and what it has seen. */
export class Script {
  /** Every call of the handler. */
  readonly calls: CourseCompleted[][] = [];

  /** @param act runs before the effects are written; it may throw, wait, or reject events */
  constructor(public act: Act = () => undefined) {}

  get seen(): CourseCompleted[] {
    return this.calls.flat();
  }

  /** How often the handler got an event of this id. */
  timesSeen(id: string): number {
    return this.seen.filter((event) => event.id === id).length;
  }
}
