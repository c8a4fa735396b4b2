import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readImage } from './read-image.ts';

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function png(width: number, height: number, [depth, colour, interlace]: readonly number[] = [8, 0, 0]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth ?? 8, colour ?? 0, 0, 0, interlace ?? 0], 8);
  const pixels = deflateSync(Buffer.alloc(10));
  const chunks = [
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from('a\0b')),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}

function jpeg(width: number, height: number, { marker = 0xc0, depth = 8, components = 3 } = {}): Buffer {
  const frame = Buffer.from([
    0xff,
    marker,
    0,
    8 + 3 * components,
    depth,
    0,
    0,
    0,
    0,
    components,
    ...Array<number>(3 * components).fill(1),
  ]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const start = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]);
  const scan = Buffer.from([0xff, 0xff, 0xda, 0, 3, 0, 0x55, 0xaa, 0xff, 0xd9]);
  return Buffer.concat([start, frame, scan]);
}

describe('an image', () => {
  it('is told by its own bytes', () => {
    expect(readImage(png(112, 46))).toEqual({ mediaType: 'image/png', width: 112, height: 46 });
    expect(readImage(png(5_000, 5_000, [16, 6, 1]))).toMatchObject({ width: 5_000 });
    expect(readImage(jpeg(640, 480))).toEqual({ mediaType: 'image/jpeg', width: 640, height: 480 });
    expect(readImage(jpeg(1, 1, { marker: 0xc2, components: 1 }))).toMatchObject({ width: 1 });
  });

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'neither PNG nor JPEG'],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0'), 'neither PNG nor JPEG'],
    ['one byte', Buffer.from([0x89]), 'neither PNG nor JPEG'],
    ['the first bytes of a PNG', png(1, 1).subarray(0, 8), 'cut off'],
    ['a PNG without its end', png(1, 1).subarray(0, -12), 'cut off'],
    ['a PNG that something follows', Buffer.concat([png(1, 1), Buffer.from('<script>')]), 'cut off'],
    ['a PNG with a chunk of 4 GB', Buffer.concat([png(1, 1).subarray(0, 33), Buffer.alloc(12, 0xff)]), 'cut off'],
    ['a PNG of a depth that there is none', png(1, 1, [3, 0]), 'bit depth'],
    ['a PNG of a colour type that there is none', png(1, 1, [8, 5]), 'colour type'],
    ['a PNG with a palette of 16 bits', png(1, 1, [16, 3]), 'bit depth'],
    ['a PNG of an interlace that there is none', png(1, 1, [8, 0, 2]), 'bit depth'],
    ['a PNG without pixels', png(0, 7), 'no pixels'],
    ['a PNG that would fill the memory', png(65_000, 65_000), '25 million'],
    ['a JPEG that would fill the memory', jpeg(5_001, 5_000), '25 million'],
    ['a JPEG without pixels', jpeg(7, 0), 'no pixels'],
    ['a JPEG without its end', jpeg(1, 1).subarray(0, -2), 'cut off'],
    ['a JPEG without a scan', jpeg(1, 1).subarray(0, -10), 'cut off'],
    ['a JPEG of 12 bits', jpeg(1, 1, { depth: 12 }), 'rare kind'],
    ['a lossless JPEG', jpeg(1, 1, { marker: 0xc3 }), 'rare kind'],
    ['a JPEG with two colours', jpeg(1, 1, { components: 2 }), 'rare kind'],
    ['the first bytes of a JPEG', Buffer.from([0xff, 0xd8, 0xff]), 'cut off'],
    ['a JPEG with a hole', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0, 0, 0, 0]), 'cut off'],
  ])('is not %s', (_, file, why) => {
    expect(() => readImage(file)).toThrow(why);
  });

  it('can be cut off anywhere, and is refused or read, never a crash', () => {
    for (const file of [png(3, 4), jpeg(3, 4)]) {
      for (let length = 0; length < file.length; length++) {
        expect(() => readImage(file.subarray(0, length))).toThrow(expect.objectContaining({ name: 'ImageRefused' }));
      }
    }
  });
});
