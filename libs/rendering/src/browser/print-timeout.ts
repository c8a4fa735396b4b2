/** A print run took too long; its browser was ended. */
export class PrintTimeout extends Error {
  override readonly name = 'PrintTimeout';

  constructor(milliseconds: number) {
    super(`Printing took longer than ${milliseconds} ms. Look for filters, masks or huge pictures in the template.`);
  }
}
