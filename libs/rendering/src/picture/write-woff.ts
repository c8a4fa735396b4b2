import { deflateSync } from 'node:zlib';

const HEADER = 44;
const ENTRY = 20;

/** Packs a TrueType font into WOFF 1.0 (W3C, 13 December 2012): its tables as they are, each deflated where that makes it smaller. */
export function writeWoff(font: Buffer): Buffer {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, table) => {
    const at = 12 + table * 16;
    const from = font.readUInt32BE(at + 8);
    const plain = font.subarray(from, from + font.readUInt32BE(at + 12));
    const packed = deflateSync(plain, { level: 9 });
    return { tag: font.subarray(at, at + 4), sum: font.readUInt32BE(at + 4), plain, packed };
  });
  const header = Buffer.alloc(HEADER + tables.length * ENTRY);
  const parts: Buffer[] = [header];
  let end = header.length;
  // As one would have to write the font that was packed: its own tables may have had gaps between them.
  let plainSize = 12 + tables.length * 16;
  tables.forEach(({ tag, sum, plain, packed }, table) => {
    const bytes = packed.length < plain.length ? packed : plain;
    const at = HEADER + table * ENTRY;
    tag.copy(header, at);
    header.writeUInt32BE(end, at + 4);
    header.writeUInt32BE(bytes.length, at + 8);
    header.writeUInt32BE(plain.length, at + 12);
    header.writeUInt32BE(sum, at + 16);
    parts.push(bytes, Buffer.alloc(padding(bytes.length)));
    end += bytes.length + padding(bytes.length);
    plainSize += plain.length + padding(plain.length);
  });
  header.write('wOFF', 0, 'latin1');
  font.copy(header, 4, 0, 4);
  header.writeUInt32BE(end, 8);
  header.writeUInt16BE(tables.length, 12);
  header.writeUInt32BE(plainSize, 16);
  return Buffer.concat(parts);
}

const padding = (length: number) => (4 - (length % 4)) % 4;
