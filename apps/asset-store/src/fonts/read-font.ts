import { FontRefused } from './font-refused.ts';
import { sfntTables } from './sfnt-tables.ts';

/** What a font's file says of it. */
export interface FontHeader {
  /** As CSS counts it: 400 is regular, 700 is bold. */
  readonly weight: number;
  readonly italic: boolean;
}

const needed = ['OS/2', 'cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post'];
const damaged = 'Export the font anew.';

/**
 * Reads a static TrueType font (OpenType 1.9), as far as it has to be sound to be embedded into PDFs.
 *
 * @throws {FontRefused} saying what is wrong and what to do
 */
export function readFont(file: Buffer): FontHeader {
  const tables = sfntTables(file);
  if (tables.has('fvar')) {
    throw new FontRefused(
      'It is a variable font, which browsers print as pictures. Upload a static file of each weight, for example one made with `fonttools varLib.instancer`.',
    );
  }
  const picture = ['COLR', 'CBDT', 'sbix', 'SVG '].find((tag) => tables.has(tag));
  if (picture !== undefined)
    throw new FontRefused(`It is a colour font (${picture.trim()}); upload one of outlines alone.`);
  const missing = needed.filter((tag) => !tables.has(tag));
  if (missing.length > 0) throw new FontRefused(`It has no table ${missing.join(', ')}. ${damaged}`);
  const table = (tag: string) => tables.get(tag) as Buffer;
  try {
    checkGlyphs(table);
    checkCharacters(table('cmap'));
    return readOs2(table('OS/2'));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new FontRefused(`One of its tables is shorter than what it has to hold. ${damaged}`, { cause });
  }
}

function checkGlyphs(table: (tag: string) => Buffer): void {
  const head = table('head');
  const unitsPerEm = head.readUInt16BE(18);
  const format = head.readInt16BE(50);
  const isHead = head.readUInt32BE(12) === 0x5f0f3cf5 && unitsPerEm >= 16 && unitsPerEm <= 16_384;
  if (!isHead || (format !== 0 && format !== 1)) throw new FontRefused(`Its table head is damaged. ${damaged}`);
  const glyphs = table('maxp').readUInt16BE(4);
  const metrics = table('hhea').readUInt16BE(34);
  if (glyphs < 1 || metrics < 1 || metrics > glyphs || table('hmtx').length < metrics * 4 + (glyphs - metrics) * 2) {
    throw new FontRefused(`It does not tell how wide its letters are. ${damaged}`);
  }
  const loca = table('loca');
  const all = table('glyf').length;
  let last = 0;
  for (let glyph = 0; glyph <= glyphs; glyph++) {
    const at = format === 0 ? loca.readUInt16BE(glyph * 2) * 2 : loca.readUInt32BE(glyph * 4);
    if (at < last || at > all) throw new FontRefused(`The place of its glyph ${glyph} is wrong. ${damaged}`);
    last = at;
  }
}

function checkCharacters(cmap: Buffer): void {
  const count = cmap.readUInt16BE(2);
  for (let index = 0; index < count; index++) {
    const at = 4 + index * 8;
    const [platform, encoding, offset] = [cmap.readUInt16BE(at), cmap.readUInt16BE(at + 2), cmap.readUInt32BE(at + 4)];
    const isUnicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
    if (isUnicode && [4, 12].includes(cmap.readUInt16BE(offset))) return;
  }
  throw new FontRefused('It does not say which letters of Unicode it has. Upload a newer edition of it.');
}

/** Embedding permissions are those of OpenType 1.9, OS/2, fsType. */
function readOs2(os2: Buffer): FontHeader {
  const permissions = os2.readUInt16BE(8);
  // Of several, the one that allows most counts.
  if ((permissions & 0x000e) === 0x0002) {
    throw new FontRefused(
      'Its maker forbids embedding (OS/2 fsType). Buy a licence for documents, and upload the file that comes with it.',
    );
  }
  if ((permissions & 0x0100) !== 0) {
    throw new FontRefused(
      'Its maker forbids to embed parts of it (OS/2 fsType), and a PDF holds only the letters that it shows. Ask for a file without this mark.',
    );
  }
  if ((permissions & 0x0200) !== 0) {
    throw new FontRefused(
      'Its maker allows to embed its bitmaps only (OS/2 fsType). Ask for a file without this mark.',
    );
  }
  const weight = Math.min(1_000, Math.max(1, os2.readUInt16BE(4)));
  return { weight, italic: (os2.readUInt16BE(62) & 0x0201) !== 0 };
}
