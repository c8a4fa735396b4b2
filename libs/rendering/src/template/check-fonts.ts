import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import type { Finding, Markup } from './markup.ts';
import { fontFault } from './font-fault.ts';
import { readCss } from './read-css.ts';
import { readDataAddress } from './read-data-address.ts';
import { styleTexts } from './style-texts.ts';

const MOST_FONTS = 40;

/** Fonts that a template brings: only such as a browser puts into a PDF as they are. */
export function checkFonts(markup: Markup): Finding[] {
  const findings: Finding[] = [];
  let fonts = 0;
  for (const { attributes } of markup.elements) {
    for (const { name, value, at } of attributes)
      if (name.toLowerCase() === 'font-family' && !/[(\\]/.test(value))
        readCss(
          `font-family:${value}`,
          { declaration: (family) => findings.push(...checkFamily(family.value, at)) },
          true,
        );
  }
  for (const { css, isList, placeOf } of styleTexts(markup)) {
    readCss(
      css,
      {
        declaration({ name, value, rule, at }) {
          if (name === 'font-family') findings.push(...checkFamily(value, placeOf(at)));
          if (rule !== 'font-face' || name !== 'src') return;
          const place = placeOf(at);
          if (++fonts === MOST_FONTS + 1)
            findings.push({
              at: place,
              rule: 'font',
              reason: `It brings more than ${MOST_FONTS} fonts.`,
              advice: 'Leave out those that no text uses.',
            });
          for (const token of value) {
            if (token[0] !== TokenType.URL && token[0] !== TokenType.String) continue;
            const data = /^\s*data:(?!image\/)/i.test(token[4].value.slice(0, 100))
              ? readDataAddress(token[4].value)
              : undefined;
            const fault = data === undefined ? undefined : fontFault(data.bytes);
            if (fault !== undefined)
              findings.push({
                at: place,
                rule: 'font',
                reason: fault,
                advice: 'Bring a static TrueType font (.ttf), or the same as WOFF2.',
              });
          }
        },
      },
      isList,
    );
  }
  return findings;
}

/** A family that CSS cannot read counts as none at all, with all that stands beside it. */
function checkFamily(value: readonly CSSToken[], at: number): Finding[] {
  const parts: CSSToken[][] = [[]];
  for (const token of value) {
    // What is computed is for nobody to judge.
    if (token[0] === TokenType.Function) return [];
    if (token[0] === TokenType.Comma) parts.push([]);
    else if (token[0] !== TokenType.Whitespace && token[0] !== TokenType.Comment) parts.at(-1)?.push(token);
  }
  const [last] = value.slice(-1);
  const isImportant = last?.[0] === TokenType.Ident && last[4].value.toLowerCase() === 'important';
  const wrong = parts.find(
    (part) =>
      !(part.length === 1 && part[0]?.[0] === TokenType.String) &&
      !(part.length > 0 && part.every(([type]) => type === TokenType.Ident)),
  );
  if (wrong === undefined || isImportant) return [];
  const written = wrong
    .map(([, text]) => text)
    .join(' ')
    .slice(0, 60);
  return [
    {
      at,
      rule: 'font',
      level: 'advice',
      reason: `font-family: ${written} cannot be read, and counts as not written: a name with a number in it stands in quotes.`,
      advice: `Write font-family="'${written.replace(/["']/g, '')}', sans-serif".`,
    },
  ];
}
