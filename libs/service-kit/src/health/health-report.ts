/** What one dependency or one consumer group does. */
export interface PartReport {
  readonly name: string;
  readonly state: 'works' | 'waits' | 'stuck' | 'stopped';
  /** What it waits for, or why it is stuck. */
  readonly on?: string;
  /** ISO 8601, since when it does so. */
  readonly since: string;
}

/** The answer of the health routes. */
export interface HealthReport {
  readonly status: 'ok' | 'unavailable';
  /** Why not, in words; empty when all is well. */
  readonly reasons: readonly string[];
  readonly dependencies: readonly PartReport[];
  /** Each consumer group. */
  readonly consumers: readonly PartReport[];
}
