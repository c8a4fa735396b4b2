import { AsyncLocalStorage } from 'node:async_hooks';

/** What the work at hand belongs to. Logs and the outbox read it; the HTTP server and the consumers set it. */
export interface TraceContext {
  readonly traceparent?: string;
  readonly correlationId?: string;
  readonly eventId?: string;
  readonly tenantId?: string;
}

// Stand-in until @laurel/messaging exports it.
export const traceContext = new AsyncLocalStorage<TraceContext>();
