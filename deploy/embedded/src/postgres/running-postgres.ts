/** A server that answers. */
export interface RunningPostgres {
  readonly pid: number;
  readonly logFile: string;
  /** Resolves with the words for its end. */
  readonly exited: Promise<string>;
  /** A connection URL: of the superuser and the database "postgres" unless told otherwise. */
  url(database?: string, role?: { name: string; password?: string }): string;
  /** Fast shutdown: open transactions are rolled back; killed where that takes over five seconds. */
  stop(): Promise<void>;
  /** SIGKILL to the server and all its backends, as a crash of the machine would. */
  kill(): Promise<void>;
}
