// PDF/A lets a string be 32767 bytes long (ISO 19005-3, 6.1.13).
const MOST = 16_000;

/**
 * A text string (ISO 32000-1, 7.9.2.2): UTF-16 with its mark, in hexadecimal, so that nothing in it can end it. What is longer than 16,000 units is cut
 * between two characters.
 */
export function textString(text: string): string {
  // Cut first: a pair that the cut breaks is mended, as a character that is none, by the next step and then left out.
  const isCut = text.length > MOST;
  const sound = (isCut ? text.slice(0, MOST) : text).toWellFormed();
  const bytes = Buffer.from(isCut ? sound.replace(/\uFFFD$/, '') : sound, 'utf16le').swap16();
  return `<FEFF${bytes.toString('hex').toUpperCase()}>`;
}
