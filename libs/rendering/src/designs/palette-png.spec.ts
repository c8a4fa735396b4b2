import { crc32, deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';

const COLOURS = 64;

/** A small PNG of a picture (RGBA), in its 64 most frequent colours of 4096: the same bytes for the same picture. */
export function palettePng(width: number, height: number, rgba: Uint8ClampedArray): Buffer {
  const colourAt = (byte: number) =>
    (((rgba[byte] ?? 0) >> 4) << 8) | (((rgba[byte + 1] ?? 0) >> 4) << 4) | ((rgba[byte + 2] ?? 0) >> 4);
  const counts = new Map<number, number>();
  for (let byte = 0; byte < rgba.length; byte += 4) counts.set(colourAt(byte), (counts.get(colourAt(byte)) ?? 0) + 1);
  const palette = [...counts]
    .sort(([a, often], [b, seldom]) => seldom - often || a - b)
    .slice(0, COLOURS)
    .map(([colour]) => colour);
  const nearest = new Map<number, number>();
  const place = (colour: number): number => {
    const known = nearest.get(colour);
    if (known !== undefined) return known;
    const distances = palette.map((other) =>
      [8, 4, 0].reduce((sum, shift) => sum + (((colour >> shift) & 15) - ((other >> shift) & 15)) ** 2, 0),
    );
    const found = distances.indexOf(Math.min(...distances));
    nearest.set(colour, found);
    return found;
  };
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = place(colourAt((y * width + x) * 4));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = palette.flatMap((colour) => [8, 4, 0].map((shift) => ((colour >> shift) & 15) * 17));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colours)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const bytes = Buffer.alloc(named.length + 8);
  bytes.writeUInt32BE(data.length, 0);
  named.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(named), named.length + 4);
  return bytes;
}

it('writes a picture that a reader opens, in its own colours', async () => {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const pixels = new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]);
  const image = await loadImage(palettePng(2, 2, pixels));
  const context = createCanvas(2, 2).getContext('2d');
  context.drawImage(image, 0, 0);
  expect([...context.getImageData(0, 0, 2, 2).data]).toEqual([...pixels]);
});
