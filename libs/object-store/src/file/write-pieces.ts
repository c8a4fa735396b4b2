import type { FileHandle } from 'node:fs/promises';

/** Writes pieces one after the other, many in one call of the system. */
export async function writePieces(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  let left = pieces.filter(({ length }) => length > 0);
  while (left.length > 0) {
    let { bytesWritten } = await file.writev(left);
    // The system may have taken only some of it.
    const next = left.findIndex((piece) => {
      if (bytesWritten < piece.length) return true;
      bytesWritten -= piece.length;
      return false;
    });
    left = next < 0 ? [] : [(left[next] as Uint8Array).subarray(bytesWritten), ...left.slice(next + 1)];
  }
}
