/** A process of ours. `stop` asks, and kills after the grace; both resolve when it is gone, and may be called again. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when the process is gone, with the words for it: "code 1", "signal SIGKILL". */
  readonly exited: Promise<string>;
  /** The same words once it is gone. */
  readonly ended: string | undefined;
  stop(): Promise<void>;
  kill(): Promise<void>;
}
