const prefixes = /^([A-Za-z0-9_-][A-Za-z0-9._-]*\/)*([A-Za-z0-9_-][A-Za-z0-9._-]*)?$/;

/**
 * Refuses what no object's name can begin with.
 *
 * @throws {RangeError} that says which prefix
 */
export function assertObjectPrefix(prefix: string): void {
  if (prefix.length > 1_000 || prefix.includes('..') || !prefixes.test(prefix)) {
    throw new RangeError(
      `"${prefix.slice(0, 200)}" is no beginning of an object's name: segments of A-Z a-z 0-9 . _ - and / between them`,
    );
  }
}
