/** A W3C trace context (https://www.w3.org/TR/trace-context/, section 3.2), taken apart. Ids are lower-case hex. */
export interface Traceparent {
  readonly traceId: string;
  readonly parentId: string;
  readonly flags: string;
}

const layout = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * Reads a `traceparent` header. Answers undefined for everything that section 3.2.2 calls invalid: version `ff`, ids of
 * zeros, capitals, and a version 00 with anything after its flags. Later versions are read by their first four fields.
 */
export function parseTraceparent(header: string | undefined): Traceparent | undefined {
  const [, version, traceId, parentId, flags, rest] = layout.exec(header ?? '') ?? [];
  if (!version || !traceId || !parentId || !flags) return undefined;
  if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(parentId)) return undefined;
  return { traceId, parentId, flags };
}
