/** A picture is asked for that there cannot be. The message says why, and what there is instead. */
export class PictureRefused extends Error {
  override readonly name = 'PictureRefused';
  /** `no-svg`: of an HTML template; `width`: out of bounds. */
  readonly reason: 'no-svg' | 'width';

  constructor(reason: PictureRefused['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
