/** What one committing replica does; it is given to {@link file://./replica-process.ts} as JSON. */
export interface ReplicaOptions {
  /** Tells the commits of replicas apart. */
  readonly name: string;
  readonly brokers: readonly string[];
  readonly prefix: string;
  readonly databaseUrl: string;
  readonly commits: number;
  readonly perSecond: number;
}
