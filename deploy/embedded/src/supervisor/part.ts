/** A process of the stack as its keeper sees it. */
export interface Part {
  readonly pid: number;
  /** Resolves with the words for its end. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}
