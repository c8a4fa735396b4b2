import { createCipheriv } from 'node:crypto';
import { statusListSize } from './status-list-size.ts';

/** As many as format-preserving encryption of NIST SP 800-38G has. */
const rounds = 10;
/** An index has 17 bits: 8 on the left and 9 on the right, and each round changes one side by what the other one is. */
const rightSize = 512;
/** Each round has a table: two bytes for whatever the side may be that it looks at. */
const zeros = Buffer.alloc(rounds * rightSize * 2);

/**
 * The keyed permutation by which positions that are counted become indexes that nobody can tell in advance, nor put into the order
 * of their certificates: a Feistel network over the 17 bits of an index, its round functions tables of AES-256 in counter mode. Whatever
 * the tables hold, a round is undone by itself, so no two positions have one index.
 *
 * @param key 32 random bytes, of one list
 * @returns from a position, 0 to 131,071, to its index, in the same range
 * @throws {RangeError} when the key has another length; the permutation, when the position is outside of its range
 */
export function statusPermutation(key: Uint8Array): (position: number) => number {
  if (key.length !== 32) throw new RangeError(`The key of a permutation has 32 bytes, not ${key.length}`);
  const tables = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(zeros);
  // Read byte by byte, in one order on every machine: the permutation of a list is for good.
  const byte = (round: number, side: number, which: 0 | 1) => tables[2 * (round * rightSize + side) + which] ?? 0;
  return (position) => {
    if (!Number.isInteger(position) || position < 0 || position >= statusListSize) {
      throw new RangeError(`A position in a status list is 0 to ${statusListSize - 1}, not ${position}`);
    }
    let left = position >> 9;
    let right = position & 0b1_1111_1111;
    for (let round = 0; round < rounds; round += 2) {
      left ^= byte(round, right, 0);
      right ^= byte(round + 1, left, 0) | ((byte(round + 1, left, 1) & 1) << 8);
    }
    return (left << 9) | right;
  };
}
