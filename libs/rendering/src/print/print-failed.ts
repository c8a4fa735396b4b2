import type { PdfDocument } from '../pdf/pdf-document.ts';

export type PrintFailure = {
  /** The place of the record in the call of `print`. */
  readonly index: number;
  /**
   * `does-not-fit`: a text is too wide for its place at the smallest size; `no-font`: a letter that no font has; `refused`: the browser answered with an error or with another number of pages;
   * `crashed`, `timeout`: it did so again alone, and the browser then printed a page of our own.
   */
  readonly reason: 'does-not-fit' | 'no-font' | 'refused' | 'crashed' | 'timeout';
  /** The cause and what mends it. */
  readonly message: string;
};

/** Some records could not be printed; the others were. */
export class PrintFailed extends Error {
  override readonly name = 'PrintFailed';
  readonly index: number;
  readonly reason: PrintFailure['reason'];
  readonly failures: readonly PrintFailure[];
  /** The documents of the call in the order of its records; undefined where a record failed. */
  readonly printed: readonly (PdfDocument | undefined)[];

  constructor(failures: readonly PrintFailure[], printed: readonly (PdfDocument | undefined)[]) {
    const [first] = failures;
    if (first === undefined) throw new Error('PrintFailed without a failure: name one.');
    super(failures.map(({ index, message }) => `Record ${index}: ${message}`).join('\n'));
    this.index = first.index;
    this.reason = first.reason;
    this.failures = failures;
    this.printed = printed;
  }
}
