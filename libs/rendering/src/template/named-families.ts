import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import { readCss } from './read-css.ts';
import { readHtml } from './read-html.ts';
import { readSvg } from './read-svg.ts';

/**
 * The font families that a template names, as it writes them, sorted: in style sheets, style attributes and `font-family` attributes, also by way of a custom property.
 * Generic ones (`serif`) are among them. `own` are those that it brings as `@font-face`. Whatever cannot be read names none.
 */
export function namedFamilies({ mediaType, source }: { readonly mediaType: string; readonly source: string }): {
  named: string[];
  own: string[];
} {
  const { markup } = mediaType === 'text/html' ? readHtml(source) : readSvg(source);
  const named = new Set<string>();
  const own = new Set<string>();
  const read = (css: string, isList: boolean) =>
    readCss(
      css,
      {
        declaration({ name, value, rule }) {
          if (name !== 'font-family' && name !== 'font' && !name.startsWith('--')) return;
          const target = rule === 'font-face' ? own : named;
          for (const family of familiesOf(value)) target.add(family);
        },
      },
      isList,
    );
  for (const { attributes } of markup.elements) {
    for (const { name, value } of attributes) {
      if (name === 'style') read(value, true);
      else if (name === 'font-family') read(`font-family:${value}`, true);
    }
  }
  for (const { value, parent } of markup.texts) if (parent?.name === 'style') read(value, false);
  return { named: [...named].sort(), own: [...own].sort() };
}

/** A family is a string, or the words that end a part of the list: before them a shorthand says style and size. */
function familiesOf(value: readonly CSSToken[]): string[] {
  const families: string[] = [];
  let words: string[] = [];
  const end = () => {
    if (words.length > 0) families.push(words.join(' '));
    words = [];
  };
  for (const token of value) {
    const [type] = token;
    if (type === TokenType.Comma) end();
    else if (type === TokenType.String) words = [token[4].value.replace(/\s+/g, ' ').trim()];
    else if (type === TokenType.Ident) words.push(token[4].value);
    else if (type !== TokenType.Whitespace && type !== TokenType.Comment) words = [];
  }
  end();
  return families;
}
