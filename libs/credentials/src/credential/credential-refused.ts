/** Thrown when no valid credential can be made of an input. The message names the member and what is wrong, never its value. */
export class CredentialRefused extends Error {
  override readonly name = 'CredentialRefused';
}
