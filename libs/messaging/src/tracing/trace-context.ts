import { AsyncLocalStorage } from 'node:async_hooks';

/** What log lines and outbox rows know of the work that is going on. Ids only, no personal data. */
export interface TraceContext {
  /** W3C Trace Context, level 1, section 3.2. */
  readonly traceparent?: string;
  readonly correlationId?: string;
  readonly eventId?: string;
  readonly tenantId?: string;
}

/** The context of the request or slice that is being handled. */
export const traceContext = new AsyncLocalStorage<TraceContext>();
