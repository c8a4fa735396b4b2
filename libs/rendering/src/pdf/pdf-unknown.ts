/** A PDF is not of the kind that the browser writes; says what was expected where. */
export class PdfUnknown extends Error {
  override readonly name = 'PdfUnknown';

  constructor(problem: string) {
    super(
      `The browser's PDF cannot be made into documents: ${problem}. Use the browser version that Laurel is tested with.`,
    );
  }
}
