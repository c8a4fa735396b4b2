/** Lays rows out in columns as wide as their widest cell, under their heads. No rows give an empty string. */
export function renderTable(rows: readonly Readonly<Record<string, string>>[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const widths = heads.map((head) => Math.max(head.length, ...rows.map((row) => row[head]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return rows.length === 0
    ? ''
    : [line(heads), ...rows.map((row) => line(heads.map((head) => row[head] ?? '')))].join('\n');
}
