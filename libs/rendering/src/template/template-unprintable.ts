/** A harmless template that the browser does not load, twice, while it prints a page of our own. */
export class TemplateUnprintable extends Error {
  override readonly name = 'TemplateUnprintable';

  constructor(
    readonly reason: 'refused' | 'crashed' | 'timeout',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
