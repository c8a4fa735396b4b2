/** What can be wrong with a certificate's making for good. */
export type MakingFailure =
  | 'issuer-unknown'
  | 'credential-refused'
  | 'template-missing'
  | 'template-unprintable'
  | 'image-missing'
  | 'image-unprintable'
  | 'does-not-fit'
  | 'print-failed';

/** A certificate cannot be made of its request, however often it is tried. The reason is for operators: no personal data. */
export class MakingFailed extends Error {
  override readonly name = 'MakingFailed';
  constructor(
    readonly type: MakingFailure,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}
