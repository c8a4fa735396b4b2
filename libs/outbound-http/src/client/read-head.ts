import type { Readable } from 'node:stream';

/**
 * Reads the first `most` bytes of a body. A longer one is broken off there, and its connection with it: to read on would be
 * the work that the limit forbids.
 */
export async function readHead(body: Readable, most: number): Promise<{ bytes: Buffer; truncated: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > most) break;
  }
  const bytes = Buffer.concat(parts, length);
  return { bytes: bytes.subarray(0, most), truncated: length > most };
}
