import type { FileHandle } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { writePieces } from './write-pieces.ts';

test.each([1, 3, 4, 7, 100])('goes on where the system stopped, which takes %i bytes at a time', async (most) => {
  let written = '';
  // No disk can be told to take less than it could.
  const slow = {
    writev: (pieces: readonly Uint8Array[]) => {
      const taken = Buffer.concat(pieces).subarray(0, most);
      written += taken.toString();
      return Promise.resolve({ bytesWritten: taken.length, buffers: pieces });
    },
  } as unknown as FileHandle;
  await writePieces(slow, ['abcd', '', 'e', 'fghijk', ''].map(Buffer.from));
  expect(written).toBe('abcdefghijk');
});
