import { type ImageHeader, ImageRefused, withinLimits } from './image-header.ts';

/**
 * Reads the frame header of a JPEG (ITU-T T.81, annex B): baseline, extended or progressive Huffman with 8 bits, grey or colour, its
 * scan and its end there. @throws {ImageRefused} saying what is wrong
 */
export function readJpeg(file: Buffer): ImageHeader {
  let frame: { width: number; height: number } | undefined;
  for (let at = 2; at + 4 <= file.length;) {
    if (file[at] !== 0xff) throw broken();
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) {
      // A fill byte before the marker.
      at++;
      continue;
    }
    const length = file.readUInt16BE(at + 2);
    if (length < 2 || at + 2 + length > file.length) throw broken();
    if (isFrame(marker)) frame = readFrame(file, at, marker, length);
    if (marker === 0xda) {
      if (frame === undefined || file.lastIndexOf(Buffer.from([0xff, 0xd9])) < at + 2 + length) throw broken();
      return withinLimits({ mediaType: 'image/jpeg', ...frame });
    }
    at += 2 + length;
  }
  throw broken();
}

/** SOF0 to SOF15, without the three markers between them that begin tables. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function readFrame(file: Buffer, at: number, marker: number, length: number): { width: number; height: number } {
  if (length < 8) throw broken();
  const [depth, components] = [file[at + 4], file[at + 9] ?? 0];
  if (marker > 0xc2 || depth !== 8 || ![1, 3, 4].includes(components)) {
    throw new ImageRefused(
      'It is a JPEG of a rare kind (lossless, arithmetic or not 8 bits deep); export it as usual.',
    );
  }
  return { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) };
}

const broken = () => new ImageRefused('The JPEG is cut off or damaged; export it anew.');
