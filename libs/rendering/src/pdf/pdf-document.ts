import type { Hash } from 'node:crypto';

/** A finished PDF in pieces: what many documents have in common, like the art of their template, is in memory once. */
export class PdfDocument {
  /** One after the other they are the file. */
  readonly pieces: readonly Buffer[];
  readonly byteLength: number;
  private readonly begun: Hash;

  /** @param begun a SHA-256 that has read `prefix`; it is not changed */
  constructor(prefix: Buffer, rest: readonly Buffer[], begun: Hash) {
    this.pieces = [prefix, ...rest];
    this.byteLength = this.pieces.reduce((sum, piece) => sum + piece.length, 0);
    this.begun = begun;
  }

  /** Of its bytes, in hexadecimal digits. */
  sha256(): string {
    const hash = this.begun.copy();
    for (const piece of this.pieces.slice(1)) hash.update(piece);
    return hash.digest('hex');
  }

  /** All of it as one. */
  toBuffer(): Buffer {
    return Buffer.concat(this.pieces, this.byteLength);
  }
}
