/** What one consumer is doing. `waits` and `stuck` say on what. */
export interface ConsumerState {
  readonly group: string;
  readonly state: 'works' | 'waits' | 'stuck';
  readonly on?: string;
  readonly since: Date;
}

/** Keeps the state of one consumer and the time of its last sign of life. */
export class ConsumerHealth {
  private current: ConsumerState;
  private lastTick = Date.now();

  constructor(readonly group: string) {
    // Until it has joined, it waits for the broker.
    this.current = { group, state: 'waits', on: 'kafka', since: new Date() };
  }

  get state(): ConsumerState {
    return this.current;
  }

  /** Milliseconds since the last sign of life. */
  get silence(): number {
    return Date.now() - this.lastTick;
  }

  /** A sign of life from the broker. It ends a wait for the broker, and for nothing else. */
  tick(): void {
    this.lastTick = Date.now();
    if (this.current.state === 'waits' && this.current.on === 'kafka') this.works();
  }

  /** A slice went through, or the broker is back. */
  works(): void {
    if (this.current.state !== 'stuck') this.change('works');
  }

  waits(on: string): void {
    if (this.current.state !== 'stuck') this.change('waits', on);
  }

  /** For good: only a new process, or a person, changes it. */
  stuck(on: string): void {
    this.change('stuck', on);
  }

  private change(state: ConsumerState['state'], on?: string): void {
    if (this.current.state === state && this.current.on === on) return;
    this.current = { group: this.group, state, since: new Date(), ...(on === undefined ? {} : { on }) };
  }
}
