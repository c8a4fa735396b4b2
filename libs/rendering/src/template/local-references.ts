import { TokenType } from '@csstools/css-tokenizer';
import type { Markup, MarkupElement } from './markup.ts';
import { readCss } from './read-css.ts';
import { matchingElements } from './matching-elements.ts';
import { styleTexts } from './style-texts.ts';

/** One element that draws another: `<use href="#a">`, `fill="url(#p)"`, or by a rule of a style sheet. */
export interface LocalReference {
  readonly from: MarkupElement;
  readonly id: string;
  /** `href`, or the property of CSS. */
  readonly by: string;
}

/** Who draws whom in a template, each pair as often as it is said. What a style sheet says is counted for every element that it might mean. */
export function localReferences(markup: Markup, most: number): LocalReference[] {
  const found: LocalReference[] = [];
  const matching = matchingElements(markup);
  for (const from of markup.elements) {
    for (const { name, value } of from.attributes) {
      const address = value.trim();
      if (/^(?:.*:)?href$/i.test(name) && address.startsWith('#'))
        found.push({ from, id: decoded(address.slice(1)), by: 'href' });
    }
  }
  for (const { css, isList, element } of styleTexts(markup)) {
    readCss(
      css,
      {
        declaration({ name: by, value, selector }) {
          for (const id of value.flatMap(idOf)) {
            if (element !== undefined) found.push({ from: element, id, by });
            else for (const from of matching(selector)) if (found.length <= most) found.push({ from, id, by });
          }
        },
      },
      isList,
    );
  }
  return found;

  function idOf(token: Parameters<NonNullable<Parameters<typeof readCss>[1]['token']>>[0]): string[] {
    if (token[0] !== TokenType.URL && token[0] !== TokenType.String) return [];
    const address = token[4].value.trim();
    return address.startsWith('#') ? [decoded(address.slice(1))] : [];
  }
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    // A percent sign that is none: the name as it is written.
    return id;
  }
}
