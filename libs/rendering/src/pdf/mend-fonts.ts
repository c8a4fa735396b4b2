import { deflateSync } from 'node:zlib';
import { contentOf } from './content-of.ts';
import type { PdfObject } from './pdf-object.ts';

const NO_CHARACTER = / <(?:0000|FEFF|FFFE)>$/gm;

/**
 * The objects of a PDF with fonts as PDF/UA wants them (ISO 14289-1, 7.21.7): the browser says U+0000 of glyphs that are no character of their own, like a conjunct, and tells the
 * text beside them (`/ActualText`). They become U+200B, which no reader shows that does not know of it.
 */
export function mendFonts(objects: ReadonlyMap<number, PdfObject>): Map<number, PdfObject> {
  const mended = new Map(objects);
  for (const { text, refs } of objects.values()) {
    const at = text.findIndex((piece) => piece.endsWith('/ToUnicode '));
    const map = mended.get(refs[at] ?? 0);
    if (map === undefined) continue;
    const content = contentOf(map);
    const told = content.replace(NO_CHARACTER, ' <200B>');
    if (told === content) continue;
    const stream = deflateSync(Buffer.from(told, 'latin1'));
    mended.set(map.id, { ...map, text: [`<</Filter /FlateDecode\n/Length ${stream.length}>>`], refs: [], stream });
  }
  return mended;
}
