/**
 * Whether canonical lines have one order only: rdf-canonize sorts them by UTF-16 units, the recommendation by code points. These
 * differ where an astral character (an emoji) meets one of U+E000 to U+FFFF (full-width punctuation) at the same place of two lines.
 */
export function orderIsCertain(canonical: string): boolean {
  if (!/[\ud800-\udbff]/.test(canonical) || !/[\ue000-\uffff]/.test(canonical)) return true;
  // UTF-8 bytes order as code points do.
  const lines = canonical.split('\n').slice(0, -1);
  const bytes = lines.map((line) => Buffer.from(line, 'utf8'));
  return bytes.every((line, index) => index === 0 || Buffer.compare(bytes[index - 1] as Buffer, line) <= 0);
}
