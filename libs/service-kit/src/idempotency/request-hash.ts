import { createHash } from 'node:crypto';
import { Problem } from '../problems/problem.ts';

const deepest = 100;

/**
 * SHA-256 over the path with its query and the body. Bodies that are equal as JSON hash equally: keys are sorted, so that a
 * client may write its document anew. Throws 400 for a body that is nested deeper than 100 levels.
 */
export function requestHash(url: string, body: unknown): Buffer {
  return createHash('sha256').update(url).update('\0').update(sorted(body, 0)).digest();
}

function sorted(value: unknown, depth: number): string {
  if (depth > deepest) {
    throw new Problem(400, { code: 'body-too-deep', detail: `The body is nested deeper than ${deepest} levels.` });
  }
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return `[${value.map((entry) => sorted(entry, depth + 1)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${sorted(entry, depth + 1)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'undefined';
}
