/** Where a Renderer reports what it does to its browser; pino's logger fits. */
export interface RendererLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface RendererOptions {
  /** The file of a Chromium that can print headless. */
  readonly browserPath: string;
  /** DANGEROUS: runs the browser without its sandbox, where the host gives no user namespaces; and, of a service that runs as root, as root where an unprivileged account cannot reach its files. */
  readonly noSandbox?: boolean;
  readonly log: RendererLog;
  /** How long a browser may take from its start until it can print. */
  readonly startTimeoutMs?: number;
  /** After so many certificates the browser is replaced. */
  readonly recycleAfter?: number;
  /** A browser that holds more memory after a run is replaced. */
  readonly recycleAboveBytes?: number;
  /** A browser that holds more memory in the middle of a run loses the page that takes it. */
  readonly endAboveBytes?: number;
  /** How long one print run may take. */
  readonly printTimeoutMs?: number;
}
