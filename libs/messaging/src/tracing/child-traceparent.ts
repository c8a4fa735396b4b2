import { randomBytes } from 'node:crypto';

const form = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

/**
 * The `traceparent` of work that `parent` led to: the same trace, a new span. Without a parent, or with one that is
 * not in the form of W3C Trace Context level 1 (section 3.2), a new trace begins.
 */
export function childTraceparent(parent?: string): string {
  const [, traceId, flags] = form.exec(parent ?? '') ?? [];
  return `00-${traceId ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${flags ?? '01'}`;
}
