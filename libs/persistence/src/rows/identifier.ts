/** A name of our own code inside SQL. Values never come here: they are parameters. */
export function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" is no lower-case SQL name`);
  return `"${name}"`;
}
