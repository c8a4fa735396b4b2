import { createHash, type Hash } from 'node:crypto';
import { digestOf } from './digest-of.ts';
import { PdfDocument } from './pdf-document.ts';

/** What many documents begin with: header and objects from number 1 on. */
export interface PdfPrefix {
  readonly bytes: Buffer;
  /** A SHA-256 that has read the bytes. */
  readonly hash: Hash;
  /** Of its objects, in order. */
  readonly offsets: readonly number[];
  readonly digest: string;
}

/** A stream as it is written, with the digest of its bytes. */
export interface DigestedStream {
  readonly bytes: Buffer;
  readonly digest: string;
}

/** From so many bytes on a stream is not copied. */
const LARGE = 4096;

/** Builds one PDF (ISO 32000-1, 7.5) with one cross-reference table. No clock and no chance enter: its identifier is derived from what is in it. */
export class PdfAssembly {
  private readonly prefix: PdfPrefix;
  private readonly pieces: (string | Buffer)[] = [];
  private readonly offsets: number[];
  private length: number;
  private said: string;
  private open = '';

  constructor(prefix: PdfPrefix) {
    this.prefix = prefix;
    this.offsets = [...prefix.offsets];
    this.length = prefix.bytes.length;
    this.said = prefix.digest;
  }

  /** The number of an object that is still to be written. */
  reserve(): number {
    return this.offsets.push(-1);
  }

  /** Writes an object, by characters of one byte each, without its `/Length`; and gives its number. */
  write(value: string, number = this.reserve()): number {
    this.offsets[number - 1] = this.length + this.open.length;
    this.open += `${number} 0 obj\n${value}\nendobj\n`;
    return number;
  }

  /** The same with a stream; `value` names its length. */
  writeStream(value: string, { bytes, digest }: DigestedStream, number = this.reserve()): number {
    this.offsets[number - 1] = this.length + this.open.length;
    this.open += `${number} 0 obj\n${value}\nstream\n`;
    this.flush();
    this.said += digest;
    this.pieces.push(bytes);
    this.length += bytes.length;
    this.open = '\nendstream\nendobj\n';
    return number;
  }

  /** Ends the document. `entries` are those of its trailer. */
  finish(entries: string): PdfDocument {
    const missing = this.offsets.indexOf(-1) + 1;
    if (missing > 0)
      throw new Error(`Object ${missing} of a document was reserved and never written: report it as a defect.`);
    this.flush();
    const id = digestOf(this.said + entries)
      .slice(0, 32)
      .toUpperCase();
    const start = this.length;
    const rows = this.offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    const size = this.offsets.length + 1;
    this.open = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}\n${entries}\n/ID [<${id}> <${id}>]>>\nstartxref\n${start}\n%%EOF\n`;
    this.flush();
    return new PdfDocument(this.prefix.bytes, this.joined(), this.prefix.hash);
  }

  /** What is written so far, for documents to begin with. */
  asPrefix(): PdfPrefix {
    this.flush();
    const bytes = Buffer.concat([this.prefix.bytes, ...this.joined()]);
    return { bytes, hash: createHash('sha256').update(bytes), offsets: this.offsets, digest: digestOf(this.said) };
  }

  /** What was written, in few pieces; large streams, which documents share, as they are. */
  private joined(): Buffer[] {
    const joined: Buffer[] = [];
    let small: (string | Buffer)[] = [];
    const join = () => {
      const length = small.reduce((sum, piece) => sum + piece.length, 0);
      const bytes = Buffer.allocUnsafe(length);
      let at = 0;
      for (const piece of small)
        at += typeof piece === 'string' ? bytes.write(piece, at, 'latin1') : piece.copy(bytes, at);
      if (length > 0) joined.push(bytes);
      small = [];
    };
    for (const piece of this.pieces) {
      if (typeof piece === 'string' || piece.length < LARGE) {
        small.push(piece);
      } else {
        join();
        joined.push(piece);
      }
    }
    join();
    return joined;
  }

  private flush(): void {
    this.pieces.push(this.open);
    this.said += this.open;
    this.length += this.open.length;
    this.open = '';
  }
}
