/** One object of a PDF: its text cut at each reference, and the bytes of its stream, which are never looked into. */
export interface PdfObject {
  readonly id: number;
  /** `text[0] ref[0] text[1] ref[1] ... text[n]`: the value of the object, without `obj`, `endobj` and the stream. */
  readonly text: readonly string[];
  readonly refs: readonly number[];
  /** From the word `stream` to the word `endstream`, both with it. */
  readonly stream: Buffer | undefined;
}
