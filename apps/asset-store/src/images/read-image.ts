import { type ImageHeader, ImageRefused } from './image-header.ts';
import { readJpeg } from './read-jpeg.ts';
import { readPng } from './read-png.ts';

const png = Buffer.from('89504e470d0a1a0a', 'hex');
const jpeg = Buffer.from('ffd8ff', 'hex');

/**
 * Tells what an image is by its first bytes and its header, whatever it was called. No pixel is decoded.
 *
 * @throws {ImageRefused} saying what is wrong and what to do
 */
export function readImage(file: Buffer): ImageHeader {
  if (file.subarray(0, png.length).equals(png)) return readPng(file);
  if (file.subarray(0, jpeg.length).equals(jpeg)) return readJpeg(file);
  throw new ImageRefused('It is neither PNG nor JPEG, whatever its name says; export it as one of them.');
}
