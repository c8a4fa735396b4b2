/**
 * Whether brackets nest deeper than this in a text, JSON or not, outside of what JSON takes for strings: to be asked before it is
 * parsed, for a parser makes an object of every bracket.
 */
export function exceedsDepth(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (character === '{' || character === '[') {
      if (++depth > most) return true;
    } else if (character === '}' || character === ']') depth--;
  }
  return false;
}
