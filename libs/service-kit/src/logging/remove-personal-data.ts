import { serializeError } from './serialize-error.ts';

// Fields that are somebody's data, or may carry it, or are a secret. They are compared without case, `_` and `-`.
const forbidden = new Set(
  [
    'name', 'givenName', 'familyName', 'firstName', 'lastName', 'fullName', 'displayName', 'recipientName', 'learnerName',
    'email', 'mail', 'phone', 'mobile', 'address', 'street', 'birthDate', 'dateOfBirth', 'gender', 'account', 'username',
    'learner', 'learnerId', 'recipient', 'claims', 'score', 'body', 'payload', 'data', 'value', 'values', 'parameters',
    'input', 'query', 'url', 'headers', 'credential', 'password', 'secret', 'token', 'accessToken', 'refreshToken',
    'idToken', 'authorization', 'cookie', 'apiKey', 'privateKey', 'databaseUrl', 'connectionString',
  ].map(folded),
); // prettier-ignore
const removed = '[removed]';
const deepest = 6;

/**
 * The last wall against personal data and secrets in logs: answers a copy of the fields of a log line in which the value of
 * every field with a forbidden name is replaced, and every error by what may be said of it. An id of a learner may be an address, a URL may hold such an id, and
 * bodies, values and headers are never logged, so these names are forbidden as a whole.
 */
export function removePersonalData(fields: Record<string, unknown>): Record<string, unknown> {
  return copy(fields, 0) as Record<string, unknown>;
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Error) return serializeError(value);
  if (depth > deepest) return removed;
  if (ArrayBuffer.isView(value)) return removed;
  if (Array.isArray(value)) return value.slice(0, 100).map((entry) => copy(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, forbidden.has(folded(key)) ? removed : copy(entry, depth + 1)]),
  );
}

function folded(key: string): string {
  return key.toLowerCase().replace(/[_-]/g, '');
}
