/** A bulkhead: so many at once, and the others wait their turn. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private count: number) {}

  /** How many could begin at once. */
  get free(): number {
    return this.count;
  }

  async take(): Promise<void> {
    if (this.count > 0) {
      this.count--;
      return;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  give(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.count++;
  }
}
