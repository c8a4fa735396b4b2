/** A print run, or its neighbour, took too much memory; its page was ended. */
export class PrintOvergrown extends Error {
  override readonly name = 'PrintOvergrown';

  constructor(how: string) {
    super(
      `Printing took too much memory: ${how}. Look for huge pictures, filters or endless patterns in the template.`,
    );
  }
}
