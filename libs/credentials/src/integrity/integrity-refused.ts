/** Thrown when a document cannot be proven so that every verifier reads the same. The message names the member, never its value. */
export class IntegrityRefused extends Error {
  override readonly name = 'IntegrityRefused';
}
