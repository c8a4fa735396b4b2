import { digestOf } from './digest-of.ts';

/** What many documents begin with: header and objects from number 1 on. */
export interface PdfPrefix {
  readonly bytes: Buffer;
  /** Of its objects, in order. */
  readonly offsets: readonly number[];
  readonly digest: string;
}

/** A stream as it is written, with the digest of its bytes. */
export interface DigestedStream {
  readonly bytes: Buffer;
  readonly digest: string;
}

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
  finish(entries: string): Buffer {
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
    return this.joined();
  }

  /** What is written so far, for documents to begin with. */
  asPrefix(): PdfPrefix {
    this.flush();
    return { bytes: this.joined(), offsets: this.offsets, digest: digestOf(this.said) };
  }

  private joined(): Buffer {
    const pdf = Buffer.allocUnsafe(this.length);
    let at = this.prefix.bytes.copy(pdf);
    for (const piece of this.pieces)
      at += typeof piece === 'string' ? pdf.write(piece, at, 'latin1') : piece.copy(pdf, at);
    return pdf;
  }

  private flush(): void {
    this.pieces.push(this.open);
    this.said += this.open;
    this.length += this.open.length;
    this.open = '';
  }
}
