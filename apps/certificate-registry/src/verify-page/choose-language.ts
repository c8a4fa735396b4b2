import { type Language, languages } from './language.ts';

// More than any browser sends; the rest of a longer list is not read.
const mostRanges = 32;

/** The language that an address asks for by `lang`; undefined where it names none that the pages are written in. */
const named = (tag: unknown): Language | undefined =>
  typeof tag === 'string'
    ? languages.find((language) => language === /^[a-z]+/i.exec(tag.trim())?.[0].toLowerCase())
    : undefined;

/**
 * The language of a page: the one its address names, else the one that the reader's browser prefers (RFC 9110, section
 * 12.5.4), `pt-BR` being `pt`; else English.
 */
export function chooseLanguage(asked: unknown, accepted: string | undefined): { language: Language; isAsked: boolean } {
  const wanted = named(asked);
  if (wanted) return { language: wanted, isAsked: true };
  const ranges = (accepted ?? '')
    .split(',', mostRanges)
    .map((range) => {
      const [tag, ...parameters] = range.split(';');
      const quality = parameters.map((each) => /^\s*q=([\d.]+)\s*$/i.exec(each)?.[1]).find(Boolean);
      return { language: named(tag), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    // Stable: of two that are wanted alike, the one that was named first.
    .sort((left, right) => right.quality - left.quality);
  return { language: ranges.find(({ language }) => language)?.language ?? 'en', isAsked: false };
}
