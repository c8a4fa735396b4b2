/** What the head of a picture file says of it. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Texts and profiles that are packed can grow a thousandfold, and no picture needs long ones. */
const LONGEST_PACKED: Readonly<Record<string, number>> = { zTXt: 0, iTXt: 65_536, iCCP: 262_144 };
const MOST_SCANS = 64;

/** Reads the outline of a PNG (ISO 15948) or a baseline or progressive JPEG (ITU T.81) without unpacking it. Throws with a sentence where the file is broken or a trap. */
export function readPicture(bytes: Buffer): PictureFacts {
  if (bytes.subarray(0, 8).equals(SIGNATURE)) return readPng(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(bytes);
  throw new Error('It is neither a PNG nor a JPEG file, whatever its address says.');
}

function readPng(bytes: Buffer): PictureFacts {
  let facts: PictureFacts | undefined;
  let hasData = false;
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString('latin1', at + 4, at + 8);
    if (at + 12 + length > bytes.length) break;
    if (facts === undefined && kind !== 'IHDR') throw new Error('The PNG does not begin with its header.');
    if (kind === 'IHDR' && facts === undefined)
      facts = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    if (kind === 'acTL') throw new Error('The PNG is animated, and nothing moves on paper.');
    if (length > (LONGEST_PACKED[kind] ?? Infinity))
      throw new Error(`The PNG carries ${length} packed bytes of ${kind}, which have no picture.`);
    if (kind === 'IDAT') hasData = true;
    if (kind === 'IEND' && facts !== undefined && hasData) return facts;
    at += 12 + length;
  }
  throw new Error('The PNG is cut off.');
}

function readJpeg(bytes: Buffer): PictureFacts {
  let facts: PictureFacts | undefined;
  let scans = 0;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) throw new Error('The JPEG is broken.');
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) break;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (marker > 0xc2) throw new Error('The JPEG is of a kind that browsers do not draw.');
      if (length < 8) break;
      facts ??= { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    }
    at += 2 + length;
    if (marker !== 0xda) continue;
    if (++scans > MOST_SCANS) throw new Error(`The JPEG is drawn over itself more than ${MOST_SCANS} times.`);
    // The data of a scan ends with a marker that is neither a stuffed byte nor a restart.
    for (at = bytes.indexOf(0xff, at); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
      const next = bytes[at + 1] ?? 0;
      if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) break;
    }
    if (at < 0) break;
    if (bytes[at + 1] === 0xd9 && facts !== undefined) return facts;
  }
  throw new Error('The JPEG is cut off.');
}
