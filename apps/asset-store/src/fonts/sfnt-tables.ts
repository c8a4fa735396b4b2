import { FontRefused } from './font-refused.ts';

const damaged = 'Download or export the font anew.';
const mostTables = 64;

/**
 * The tables of a TrueType file by their tags (OpenType 1.9, "Organization of an OpenType font"), each whole and with the sum that the
 * file says of it.
 *
 * @throws {FontRefused} for another kind of font, and for a damaged one
 */
export function sfntTables(file: Buffer): ReadonlyMap<string, Buffer> {
  if (file.length < 12) throw new FontRefused(`It is no font: it has ${file.length} bytes.`);
  const kind = file.toString('latin1', 0, 4);
  const other = otherKinds.get(kind);
  if (other !== undefined) throw new FontRefused(other);
  if (kind !== '\0\u0001\0\0' && kind !== 'true')
    throw new FontRefused('It is no TrueType font, whatever its name says.');
  const count = file.readUInt16BE(4);
  if (count > mostTables || 12 + count * 16 > file.length)
    throw new FontRefused(`Its list of tables is damaged. ${damaged}`);
  const tables = new Map<string, Buffer>();
  for (let at = 12; at < 12 + count * 16; at += 16) {
    const tag = file.toString('latin1', at, at + 4);
    const [sum, offset, length] = [file.readUInt32BE(at + 4), file.readUInt32BE(at + 8), file.readUInt32BE(at + 12)];
    const name = tag.replaceAll(/[^ -~]/g, '?');
    if (tables.has(tag)) throw new FontRefused(`It has two tables ${name}. ${damaged}`);
    if (offset + length > file.length) throw new FontRefused(`It ends within its table ${name}. ${damaged}`);
    const table = file.subarray(offset, offset + length);
    // `head` holds a sum of the whole file, which is not in its own.
    if (tag !== 'head' && sumOf(table) !== sum) throw new FontRefused(`Its table ${name} is damaged. ${damaged}`);
    tables.set(tag, table);
  }
  return tables;
}

const toTrueType = 'Ask its maker for the TrueType (.ttf) of it, or convert it';
const otherKinds = new Map([
  [
    'OTTO',
    `Its outlines are CFF (.otf), which browsers print as pictures. ${toTrueType}, for example with \`otf2ttf\`.`,
  ],
  ['wOFF', `It is WOFF. ${toTrueType}, for example with \`woff2sfnt\` or fonttools.`],
  ['wOF2', `It is WOFF2. ${toTrueType}, for example with \`woff2_decompress\`.`],
  ['ttcf', 'It is a collection (.ttc) of several fonts. Upload each of them as a .ttf of its own.'],
]);

function sumOf(table: Buffer): number {
  let sum = 0;
  let at = 0;
  for (; at + 4 <= table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  if (at === table.length) return sum;
  const rest = Buffer.alloc(4);
  table.copy(rest, 0, at);
  return (sum + rest.readUInt32BE(0)) >>> 0;
}
