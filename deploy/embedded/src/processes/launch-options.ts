/** How `launch` starts a process. */
export interface LaunchOptions {
  /** For messages: "kafka", "postgres", "proof-recorder". */
  name: string;
  command: string;
  args: readonly string[];
  /** The whole environment of the child, without the caller's own. */
  env: Record<string, string>;
  cwd?: string;
  /** Standard output and error are appended here. */
  logFile: string;
  /** Where its pid and start time are kept while it runs. */
  recordFile: string;
  /** SIGINT is PostgreSQL's "fast" shutdown; everything else takes SIGTERM. */
  stopSignal?: 'SIGTERM' | 'SIGINT';
  /** After so long without an end `stop` kills. Default 5,000. */
  graceMs?: number;
  uid?: number;
  gid?: number;
}
