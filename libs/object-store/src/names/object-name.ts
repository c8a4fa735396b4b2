const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;
const longest = 1_000;

/**
 * Refuses what no object may be called, so that no name can leave the store's folder, hide in it, or mean different things to
 * different stores: 1-1,000 characters, segments of 1-200 out of `A-Z a-z 0-9 . _ -` between single `/`; none begins with a dot
 * or holds two in a row.
 *
 * @throws {RangeError} that says which name and why
 */
export function assertObjectName(name: string): void {
  const fault = nameFault(name);
  if (fault !== undefined) throw new RangeError(`"${name.slice(0, 200)}" is no name of an object: ${fault}`);
}

function nameFault(name: string): string | undefined {
  if (name.length === 0) return 'it is empty';
  if (name.length > longest) return `it is longer than ${longest} characters`;
  if (name.includes('..')) return 'it holds ".."';
  const bad = name.split('/').find((part) => !segment.test(part));
  if (bad === undefined) return undefined;
  return bad === ''
    ? 'it has an empty segment'
    : `its segment "${bad.slice(0, 200)}" is not 1 to 200 of A-Z a-z 0-9 . _ -, or begins with a dot`;
}
