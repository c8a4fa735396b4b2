import type { Event } from '../envelope/event.ts';

/** An event in structured mode, as a foreign system may write it (CloudEvents 1.0, JSON event format, section 3). */
export function structuredValue(event: Event, data: unknown): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    time: event.time.toISOString(),
    datacontenttype: 'application/json',
    tenantid: event.tenantId,
    correlationid: event.correlationId,
    ...(event.causationId === undefined ? {} : { causationid: event.causationId }),
    ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
    // Extension attributes have no 53-bit integers; the sequence extension is text anyway.
    ...(event.sequence === undefined ? {} : { sequence: String(event.sequence) }),
    data,
  };
}
