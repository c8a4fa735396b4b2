/**
 * What one consumer is doing; all but `works` say on what. `stuck`: its process has to end and start again. `stopped`: after
 * too many bugs in a row; a new start would bury more records, so only a new release helps.
 */
export interface ConsumerState {
  readonly group: string;
  readonly state: 'works' | 'waits' | 'stuck' | 'stopped';
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
    if (!this.isOver) this.change('works');
  }

  waits(on: string): void {
    if (!this.isOver) this.change('waits', on);
  }

  /** For good: only a new process changes it. */
  stuck(on: string): void {
    this.change('stuck', on);
  }

  /** For good: only a new release changes it. */
  stopped(on: string): void {
    this.change('stopped', on);
  }

  /** Whether nothing more is to come of this consumer. */
  get isOver(): boolean {
    return this.current.state === 'stuck' || this.current.state === 'stopped';
  }

  private change(state: ConsumerState['state'], on?: string): void {
    if (this.current.state === state && this.current.on === on) return;
    this.current = { group: this.group, state, since: new Date(), ...(on === undefined ? {} : { on }) };
  }
}
