/** The columns of a set-based statement, each with its PostgreSQL type. */
export type Columns = Readonly<Record<string, string>>;

/**
 * Turns rows into one array parameter per column: `$1::uuid[], $2::text[]`.
 *
 * @param first the number of the first parameter
 */
export function columnArrays(
  columns: Columns,
  rows: readonly object[],
  first = 1,
): { arrays: string; values: unknown[][] } {
  const entries = Object.entries(columns);
  for (const [, type] of entries) {
    if (!/^[a-z][a-z0-9_ ]*(\([0-9, ]+\))?$/.test(type)) throw new Error(`"${type}" is no SQL type`);
  }
  const arrays = entries.map(([, type], index) => `$${first + index}::${type}[]`).join(', ');
  const values = entries.map(([name, type]) => {
    const isJson = type === 'jsonb' || type === 'json';
    return rows.map((row) => {
      const value = (row as Record<string, unknown>)[name] ?? null;
      return isJson && value !== null ? JSON.stringify(value) : value;
    });
  });
  return { arrays, values };
}
