/** Where a Renderer reports what it does to its browser; pino's logger fits. */
export interface RendererLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface RendererOptions {
  /** The file of a Chromium that can print headless. */
  readonly browserPath: string;
  /** Runs the browser without its sandbox: only where the host gives no user namespaces, or as root. */
  readonly noSandbox?: boolean;
  readonly log: RendererLog;
  /** After so many certificates the browser is replaced. */
  readonly recycleAfter?: number;
  /** How long one print run may take. */
  readonly printTimeoutMs?: number;
}
