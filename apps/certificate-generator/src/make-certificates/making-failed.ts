/**
 * What can be wrong with a certificate's making for good.
 *
 * `key-missing`: the issuer is there, and the key that the certificate was allocated with is not. `name-missing`: the name has
 * nothing that can be seen. `template-missing` also of a template that was retired: its object is gone.
 */
export type MakingFailure =
  | 'issuer-unknown'
  | 'key-missing'
  | 'name-missing'
  | 'credential-refused'
  | 'template-missing'
  | 'template-unprintable'
  | 'image-missing'
  | 'image-unprintable'
  | 'does-not-fit'
  | 'writing-unsupported'
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
