import { type ImageHeader, ImageRefused, withinLimits } from './image-header.ts';

/** Bit depths by colour type (PNG, third edition, section 11.2.1). */
const depths = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

/**
 * Reads the header of a PNG and walks over its chunks (PNG, third edition, sections 5 and 11.2): pixels there, an end there, nothing
 * after it. @throws {ImageRefused} saying what is wrong
 */
export function readPng(file: Buffer): ImageHeader {
  if (file.length < 33 || file.readUInt32BE(8) !== 13 || file.toString('latin1', 12, 16) !== 'IHDR') throw broken();
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const [depth, colour, compression, filter, interlace] = file.subarray(24, 29);
  if (!depths.get(colour ?? -1)?.includes(depth ?? -1) || compression !== 0 || filter !== 0 || (interlace ?? 2) > 1) {
    throw new ImageRefused('Its PNG header has a colour type or bit depth that PNG does not know; export it anew.');
  }
  let hasPixels = false;
  for (let at = 8; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    at += 12 + length;
    hasPixels ||= kind === 'IDAT' && length > 0;
    if (kind !== 'IEND') continue;
    if (at !== file.length || !hasPixels) break;
    return withinLimits({ mediaType: 'image/png', width, height });
  }
  throw broken();
}

const broken = () => new ImageRefused('The PNG is cut off or damaged; export it anew.');
