/** Thrown when a document is no status list that can be read. The message names the member and what is wrong, never its value. */
export class StatusListRefused extends Error {
  override readonly name = 'StatusListRefused';
}
