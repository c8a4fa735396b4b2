/** A claim as text, the same in the credential and on the page: nothing for null, JSON for what has members. */
export function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}
