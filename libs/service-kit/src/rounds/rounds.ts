/**
 * What a service does again and again beside what it is asked: a round every so often, never two at once. It keeps no process alive.
 *
 * The work answers for its own errors: whoever looks again in a moment must not end the process, nor fail in silence.
 */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private ending = false;

  /** @param every milliseconds from the beginning of a round to that of the next; one that takes longer is not joined by another */
  constructor(
    private readonly every: number,
    private readonly work: () => Promise<void>,
  ) {}

  /** Whether a round that has more to do should rather end. */
  get isEnding(): boolean {
    return this.ending;
  }

  start(): void {
    this.timer = setInterval(() => {
      this.round ??= this.work().finally(() => (this.round = undefined));
    }, this.every).unref();
  }

  /** Begins no further round. @returns when the one that runs has ended */
  async stop(): Promise<void> {
    this.ending = true;
    clearInterval(this.timer);
    await this.round;
  }
}
