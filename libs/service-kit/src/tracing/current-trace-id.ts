import { parseTraceparent } from './parse-traceparent.ts';
import { traceContext } from '@laurel/messaging';

/** The trace id of the work at hand, 32 hex digits; undefined outside of any request and event. */
export function currentTraceId(): string | undefined {
  return parseTraceparent(traceContext.getStore()?.traceparent)?.traceId;
}
