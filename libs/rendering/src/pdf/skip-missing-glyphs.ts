const FONT_OR_TEXT = /\/(F\d+) -?[\d.]+ Tf\b|<((?:[0-9A-F]{4})+)> Tj\b/g;

/**
 * Leaves a gap where a content stream shows glyph 0, the box of a font that lacks a character: PDF/A and PDF/UA allow none (ISO 19005-3, 6.2.11.8). What stood there is told by the
 * text's tag. `gapOf` gives the width of glyph 0 of a font, by its name in the resources, in thousandths of its size.
 */
export function skipMissingGlyphs(content: string, gapOf: (font: string) => number): string {
  if (!content.includes('0000')) return content;
  let font = '';
  return content.replace(FONT_OR_TEXT, (found, name: string | undefined, shown: string | undefined) => {
    if (name !== undefined) font = name;
    const glyphs = shown?.match(/.{4}/g);
    if (!glyphs?.includes('0000')) return found;
    const array = glyphs.map((glyph) => (glyph === '0000' ? `> ${-gapOf(font)} <` : glyph)).join('');
    return `[<${array}>] TJ`.replaceAll('<>', '');
  });
}
