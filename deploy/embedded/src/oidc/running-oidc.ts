import type { z } from 'zod';
import type { machineClient } from './machine-client.ts';

/** An OIDC server that answers. */
export interface RunningOidc {
  readonly issuer: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves with the words for its end. */
  readonly exited: Promise<string>;
  /** Every machine client with its secret: `<tenant>-<role>` of the demo, and `laurel-services`. */
  readonly clients: readonly z.infer<typeof machineClient>[];
  /** A fresh access token of a machine client (client credentials). */
  token(clientId: string): Promise<string>;
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}
