import { createHash } from 'node:crypto';
import { refuseDeepValue } from '../problems/refuse-deep-value.ts';

/**
 * SHA-256 over the path with its query and the body. Bodies that are equal as JSON hash equally: keys are sorted, so that a
 * client may write its document anew. Throws 400 `too-deep` for a body that nests deeper than 64 levels, as its validation does.
 */
export function requestHash(url: string, body: unknown): Buffer {
  refuseDeepValue(body);
  return createHash('sha256').update(url).update('\0').update(sorted(body)).digest();
}

function sorted(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${sorted(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'undefined';
}
