import type { Event } from './event.ts';

/**
 * An event in Kafka's binary mode: attributes as `ce_*` headers, the data alone as JSON value
 * (CloudEvents 1.0, Kafka protocol binding, section 3.2).
 */
export function encodeEvent(event: Event): { headers: Record<string, string>; value: string } {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_source: event.source,
    ce_type: event.type,
    ce_time: event.time.toISOString(),
    ce_tenantid: event.tenantId,
    ce_correlationid: event.correlationId,
  };
  if (event.causationId !== undefined) headers.ce_causationid = event.causationId;
  if (event.traceparent !== undefined) headers.ce_traceparent = event.traceparent;
  if (event.sequence !== undefined) headers.ce_sequence = String(event.sequence);
  return { headers, value: JSON.stringify(event.data) };
}
