import type { Broker } from '@laurel/messaging';

/** A transport that wants to show that it can carry Laurel. */
export interface SuiteOptions {
  /** Stands in the names of the tests. */
  readonly name: string;
  /**
   * The transport on the servers of the test run.
   *
   * @param prefix stands before every topic and group
   * @param sessionTimeout milliseconds after which the broker gives up a member that is silent
   */
  broker(prefix: string, sessionTimeout: number): Broker;
}
