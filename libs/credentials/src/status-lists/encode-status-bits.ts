import { gzipSync } from 'node:zlib';
import { statusListSize } from './status-list-size.ts';

/**
 * The `encodedList` of a list of 131,072 bits (Bitstring Status List 1.0, section 3.3): the bits, index 0 the left-most of the first
 * byte, in GZIP and in multibase base64url, which is a `u` and no padding.
 *
 * @param set indexes of the bits that are 1, in any order
 * @throws {RangeError} when an index is outside of the list
 */
export function encodeStatusBits(set: Iterable<number>): string {
  const bits = Buffer.alloc(statusListSize / 8);
  for (const index of set) {
    if (!Number.isInteger(index) || index < 0 || index >= statusListSize) {
      throw new RangeError(`An index in a status list is 0 to ${statusListSize - 1}, not ${index}`);
    }
    const byte = index >> 3;
    bits[byte] = (bits[byte] ?? 0) | (0b1000_0000 >> (index & 7));
  }
  return `u${gzipSync(bits).toString('base64url')}`;
}
