/**
 * What people paste, as the verify API wants it: an id is an address of ours, an address was copied from the page with its language,
 * and a token came with line breaks from a letter. What none of this is stays as it is.
 *
 * @param publicUrl without a slash at its end
 */
export function asCredential(text: string, publicUrl: string): string {
  if (/^[1-9A-HJ-NP-Za-km-z]{22}$/.test(text)) return `${publicUrl}/v/${text}`;
  if (/^https?:/i.test(text)) return text.replace(/\?lang=[a-z]{2}$/, '');
  return /^[\w.\s-]+$/.test(text) ? text.replaceAll(/\s/g, '') : text;
}
