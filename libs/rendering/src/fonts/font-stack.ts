// Some scripts are drawn larger in their square than Latin letters are: at its size they would strike the lines above and below. Nastaliq climbs and falls.
const SMALLER: Readonly<Record<string, number>> = {
  'Noto Nastaliq Urdu': 76,
  'Noto Sans Tamil': 87,
  'Noto Sans Malayalam': 89,
  'Noto Sans Kannada': 92,
  'Noto Sans Khmer': 92,
  'Noto Sans Myanmar': 80,
};
const named = (family: string) => `"${SMALLER[family] === undefined ? family : family.replace('Noto', 'Laurel')}"`;
const faces = Object.entries(SMALLER).flatMap(([family, percent]) =>
  (['Regular', 'Bold'] as const).map(
    (weight) =>
      `@font-face{font-family:${named(family)};font-weight:${weight === 'Bold' ? 700 : 400};src:local("${family} ${weight}");size-adjust:${percent}%}`,
  ),
);

// Small capitals that are letters of their own, so that they copy as they were written. Of Greek it has four letters only: a word of it would be a mixture.
faces.push(
  '@font-face{font-family:"Laurel Capitals";font-weight:700;src:local("Playfair Display SC Bold");unicode-range:U+0-36F,U+400-FFFF}',
);

const sans = [
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Hebrew',
].map((script) => named(`Noto Sans ${script}`));
// As many as there are with serifs; a script that has none is drawn by its plain font in every design.
const serif = ['Devanagari', 'Bengali', 'Telugu', 'Hebrew'].map((script) => named(`Noto Serif ${script}`));
const arabic = named('Noto Naskh Arabic');

/**
 * What every text falls back to, behind the families that its template names: one order, so that each script has one look. Urdu is the exception, by language
 * and letters: see page/fill-pages.ts, which puts its Nastaliq before the first Naskh.
 */
export const fontStack = {
  serif: '"EB Garamond"',
  sans: '"Source Sans 3"',
  scripts: { serif: [...serif, arabic, ...sans].join(','), sans: [arabic, ...sans].join(',') },
  /** Style rules that the page needs for these names: those that begin with Laurel stand on the files of Noto. */
  faces: faces.join(''),
  /** Han characters look different in Chinese, Japanese and Korean text; the first that has one draws it. */
  han: {
    zh: '"Noto Sans SC","BIZ UDPMincho","Gowun Batang"',
    ja: '"BIZ UDPMincho","Noto Sans SC","Gowun Batang"',
    ko: '"Gowun Batang","Noto Sans SC","BIZ UDPMincho"',
  },
} as const;
