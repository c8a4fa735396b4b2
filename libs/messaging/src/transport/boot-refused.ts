/** The app cannot start; each sentence names a file and what to do. */
export class BootRefused extends Error {
  override readonly name = 'BootRefused';
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}
