const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The initials of a name in any script, each of what a reader takes for one letter: `A. V.`, `आ. व.`. Undefined for a name without
 * letters, of which none is shown then.
 */
export function initialsOf(name: string): string | undefined {
  const initials = name
    .split(/\s+/u)
    .map((word) => Array.from(graphemes.segment(word), ({ segment }) => segment).find((each) => /^\p{L}/u.test(each)))
    .filter((letter) => letter !== undefined);
  return initials.length === 0 ? undefined : initials.map((letter) => `${letter}.`).join(' ');
}
