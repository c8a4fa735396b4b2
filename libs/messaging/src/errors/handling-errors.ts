/** How a failure is handled: wait and keep the order, bury at once, or retry a few times and bury. */
export type ErrorClass = 'transient' | 'permanent' | 'bug';

/** Something the work depends on is away. The slice waits, in order, for as long as it takes; nothing is buried. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  constructor(
    /** What is being waited for, as an operator knows it: `postgres`, `chromium`. */
    readonly dependency: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The record can never be handled. The reason names fields, never values. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}
