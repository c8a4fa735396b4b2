/** A broker that answers. */
export interface RunningKafka {
  /** "127.0.0.1:<port>", for KAFKA_BROKERS. */
  readonly brokers: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves with the words for its end. */
  readonly exited: Promise<string>;
  /** Controlled shutdown; killed where that takes over six seconds. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}
