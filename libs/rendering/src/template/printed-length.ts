const MM: Readonly<Record<string, number>> = { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72, pc: 25.4 / 6, px: 25.4 / 96 };

/** A length in millimetres on paper; undefined for what only a layout knows. `scale`, in SVG, is the millimetres of one unit. */
export function printedLength(written: string, scale: number | undefined): number | undefined {
  const match = /^\s*(\d+\.?\d*|\.\d+)(mm|cm|in|pt|pc|px)?\s*$/.exec(written);
  if (match?.[1] === undefined) return undefined;
  const [number, unit] = [Number(match[1]), match[2]];
  if (scale === undefined) return number * (MM[unit ?? 'px'] ?? 1);
  // In SVG an inch is 96 units, however large a unit is.
  return number * scale * (unit === undefined ? 1 : (MM[unit] ?? 1) / (MM['px'] ?? 1));
}
