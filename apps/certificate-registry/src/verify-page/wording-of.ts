import { arabicWording } from './arabic-wording.ts';
import { englishWording } from './english-wording.ts';
import { frenchWording } from './french-wording.ts';
import { hindiWording } from './hindi-wording.ts';
import type { Language } from './language.ts';
import type { PageWording } from './page-wording.ts';
import { portugueseWording } from './portuguese-wording.ts';
import { spanishWording } from './spanish-wording.ts';

/** What the public pages say, by language. */
export const wordingOf: Readonly<Record<Language, PageWording>> = {
  en: englishWording,
  hi: hindiWording,
  es: spanishWording,
  fr: frenchWording,
  ar: arabicWording,
  pt: portugueseWording,
};
