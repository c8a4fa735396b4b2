/**
 * Where the world reads a status list. It stands in every certificate of the list, so it never changes.
 *
 * @param publicUrl the registry's public address, without a slash at its end
 */
export function statusListAddress(publicUrl: string, list: string): string {
  return `${publicUrl}/status/${list}`;
}
