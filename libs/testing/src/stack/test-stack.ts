/** Where the servers of this test run are. */
export interface TestStack {
  readonly brokers: string[];
  /** The administrator's URL of the PostgreSQL server, database `postgres`. */
  readonly postgresUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    stack: TestStack;
    /** A folder for what several files of one test run share; it goes with the run. */
    runFolder: string;
  }
}
