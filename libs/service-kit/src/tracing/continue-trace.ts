import { randomBytes } from 'node:crypto';
import { parseTraceparent } from './parse-traceparent.ts';

/**
 * The `traceparent` of the work that begins here: a new span id, in the caller's trace when it named a valid one, else in
 * a new trace. New traces are marked as sampled, so that whoever records further on records all of it or nothing.
 */
export function continueTrace(header: string | undefined): string {
  const caller = parseTraceparent(header);
  const traceId = caller?.traceId ?? randomBytes(16).toString('hex');
  return `00-${traceId}-${randomBytes(8).toString('hex')}-${caller?.flags ?? '01'}`;
}
