import { closeSync, openSync, readSync } from 'node:fs';

/** The code points from the first to the last, both included. */
export type CharacterRange = readonly [first: number, last: number];

/**
 * The characters that a TrueType file has a glyph for, by its `cmap` table (OpenType 1.9, formats 4 and 12): ranges in rising order. Reads that table alone.
 * Throws for a file that is none, or has neither format.
 */
export function readCharacters(path: string): CharacterRange[] {
  const file = openSync(path, 'r');
  try {
    const read = (position: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length);
      if (readSync(file, bytes, 0, length, position) < length) throw new Error('it ends too early');
      return bytes;
    };
    const tables = read(0, 12).readUInt16BE(4);
    const directory = read(12, tables * 16);
    for (let at = 0; at < directory.length; at += 16) {
      if (directory.toString('latin1', at, at + 4) !== 'cmap') continue;
      return charactersOf(read(directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 12)));
    }
    throw new Error('it has no table of characters');
  } catch (error) {
    throw new Error(`${path} is no font that can be read: ${(error as Error).message}. Take a static TrueType file.`, {
      cause: error,
    });
  } finally {
    closeSync(file);
  }
}

function charactersOf(table: Buffer): CharacterRange[] {
  const starts = Array.from({ length: table.readUInt16BE(2) }, (_, at) => table.readUInt32BE(4 + at * 8 + 4));
  const ofFormat = (format: number) => starts.find((start) => table.readUInt16BE(start) === format);
  // Format 12 reaches beyond the first plane, and then says all that format 4 says.
  const [wide, narrow] = [ofFormat(12), ofFormat(4)];
  if (wide !== undefined) return wideRanges(table, wide);
  if (narrow !== undefined) return narrowRanges(table, narrow);
  throw new Error('its characters are not listed for Unicode');
}

function wideRanges(table: Buffer, start: number): CharacterRange[] {
  return Array.from({ length: table.readUInt32BE(start + 12) }, (_, group): CharacterRange => {
    const at = start + 16 + group * 12;
    return [table.readUInt32BE(at), table.readUInt32BE(at + 4)];
  });
}

function narrowRanges(table: Buffer, start: number): CharacterRange[] {
  const doubled = table.readUInt16BE(start + 6);
  const ranges: CharacterRange[] = [];
  for (let segment = 0; segment < doubled; segment += 2) {
    const at = start + 14 + segment;
    const [last, first] = [table.readUInt16BE(at), table.readUInt16BE(at + doubled + 2)];
    const offset = table.readUInt16BE(at + 3 * doubled + 2);
    if (first === 0xffff) break;
    if (offset === 0) {
      ranges.push([first, last]);
      continue;
    }
    // Such a segment names its glyphs one by one, and may leave some out.
    for (let code = first; code <= last; code++) {
      if (table.readUInt16BE(at + 3 * doubled + 2 + offset + 2 * (code - first)) === 0) continue;
      const previous = ranges.at(-1);
      if (previous?.[1] === code - 1) ranges[ranges.length - 1] = [previous[0], code];
      else ranges.push([code, code]);
    }
  }
  return ranges;
}
