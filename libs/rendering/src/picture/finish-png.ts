import { promisify } from 'node:util';
import { crc32, deflate, inflate } from 'node:zlib';

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const [pack, unpack] = [promisify(deflate), promisify(inflate)];

/**
 * A screenshot as a file to keep (ISO/IEC 15948): the same pixels in fewer bytes, marked as sRGB, with its size on paper and the credential baked in
 * (Open Badges 3.0, 5.3.1). The same input gives the same bytes.
 *
 * @param png of a browser: 8 bits, colour with or without alpha, not interlaced
 * @param pixelsPerMetre on paper
 * @param credential a compact JWS, or the text of a JSON document
 */
export async function finishPng(png: Buffer, pixelsPerMetre: number, credential?: string): Promise<Buffer> {
  const chunks = readChunks(png);
  const [header] = chunks;
  if (header?.type !== 'IHDR') throw new Error('This PNG file does not begin with its header.');
  const data = await smallest(
    header.data,
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
  );
  const size = Buffer.alloc(9);
  size.writeUInt32BE(Math.round(pixelsPerMetre), 0);
  size.writeUInt32BE(Math.round(pixelsPerMetre), 4);
  size[8] = 1;
  return writeChunks([
    header,
    // Perceptual: what a picture is to be on whatever shows it.
    { type: 'sRGB', data: Buffer.from([0]) },
    { type: 'pHYs', data: size },
    // Not compressed, and with neither a language nor a translated keyword.
    ...(credential === undefined
      ? []
      : [{ type: 'iTXt', data: Buffer.from(`openbadgecredential\0\0\0\0\0${credential}`, 'utf8') }]),
    { type: 'IDAT', data },
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);
}

function readChunks(png: Buffer): Chunk[] {
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw new Error('This is no PNG file: it does not begin as one.');
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function writeChunks(chunks: readonly Chunk[]): Buffer {
  return Buffer.concat([
    SIGNATURE,
    ...chunks.flatMap(({ type, data }) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(data.length, 0);
      head.write(type, 4, 'latin1');
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(crc32(data, crc32(head.subarray(4))), 0);
      return [head, data, sum];
    }),
  ]);
}

/** Browsers filter every row as for photographs; drawings, which certificates are, are up to a third smaller without. */
async function smallest(header: Buffer, packed: Buffer): Promise<Buffer> {
  const width = header.readUInt32BE(0);
  const [depth, colour, , , interlace] = header.subarray(8);
  const channels = new Map([
    [2, 3],
    [6, 4],
  ]).get(colour ?? 0);
  if (depth !== 8 || channels === undefined || interlace !== 0)
    throw new Error('This PNG file is not as browsers write them: 8 bits, with colour, not interlaced.');
  const rows = await unpack(packed);
  unfilter(rows, width * channels, channels);
  const plain = await pack(rows, { level: 6 });
  return plain.length < packed.length ? plain : packed;
}

/** Undoes the filters of all rows, in place (ISO/IEC 15948, 9.2). */
function unfilter(rows: Buffer, length: number, step: number): void {
  // What stands before the first pixel, and above the first row, counts as black.
  let above: Uint8Array = new Uint8Array(length);
  for (let start = 0; start < rows.length; start += length + 1) {
    const row = rows.subarray(start + 1, start + 1 + length);
    const guess = guesses[rows[start] ?? 0];
    rows[start] = 0;
    if (guess === undefined) throw new Error('This PNG file has a filter that there is not.');
    if (guess !== none) {
      for (let x = 0; x < length; x++) {
        const isFirst = x < step;
        const left = isFirst ? 0 : (row[x - step] as number);
        const corner = isFirst ? 0 : (above[x - step] as number);
        row[x] = (row[x] as number) + guess(left, above[x] as number, corner);
      }
    }
    above = row;
  }
}

const none = () => 0;
/** From the pixels to the left, above and at the corner, by the number of the filter. */
const guesses: readonly ((left: number, up: number, corner: number) => number)[] = [
  none,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
