/** A service that cannot start as it is. Each sentence names the place and what to do there. */
export class BootError extends Error {
  override readonly name = 'BootError';

  constructor(
    app: string,
    readonly sentences: readonly string[],
  ) {
    super(`${app} cannot start:\n${sentences.map((sentence) => `  - ${sentence}`).join('\n')}`);
  }
}
