import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import type { Markup, MarkupElement } from './markup.ts';

/** Gives the elements that a selector might mean: at least those that it does mean. It looks at the last part alone, as `.seal` in `g > .seal:first-child`. */
export function matchingElements({ elements }: Markup): (selector: readonly CSSToken[]) => Iterable<MarkupElement> {
  const index = new Map<string, MarkupElement[]>();
  const add = (key: string, element: MarkupElement) => {
    const known = index.get(key);
    if (known === undefined) index.set(key, [element]);
    else known.push(element);
  };
  for (const element of elements) {
    add(element.name, element);
    for (const { name, value } of element.attributes) {
      if (name === 'id') add(`#${value.trim().toLowerCase()}`, element);
      if (name === 'class') for (const one of new Set(value.toLowerCase().split(/\s+/))) add(`.${one}`, element);
    }
  }
  return (selector) => {
    const keys = lastKeys(selector);
    // A rule without a name that could be looked up is said of everything.
    if (keys.includes(undefined)) return elements;
    return new Set(keys.flatMap((key) => index.get(key ?? '') ?? []));
  };
}

/** For each selector of a list what its last part can be looked up by: an id before a class before an element's name. */
function lastKeys(selector: readonly CSSToken[]): (string | undefined)[] {
  const keys: (string | undefined)[] = [];
  let key: string | undefined;
  let rank = 0;
  let depth = 0;
  let afterDot = false;
  let afterColon = false;
  let isNext = false;
  const begin = () => {
    if (isNext) [key, rank, isNext] = [undefined, 0, false];
  };
  const take = (name: string, of: number) => {
    begin();
    if (of > rank) [key, rank] = [name.toLowerCase(), of];
  };
  for (const token of selector) {
    const [type, written] = token;
    if (type === TokenType.Function || type === TokenType.OpenParen || type === TokenType.OpenSquare) {
      begin();
      depth++;
    } else if (type === TokenType.CloseParen || type === TokenType.CloseSquare) depth--;
    else if (depth > 0) continue;
    else if (type === TokenType.Comma) {
      keys.push(key);
      [key, rank, isNext] = [undefined, 0, false];
    } else if (type === TokenType.Whitespace || (type === TokenType.Delim && '>+~'.includes(written))) isNext = true;
    else if (type === TokenType.Hash) take(`#${token[4].value}`, 3);
    else if (type === TokenType.Ident && !afterColon)
      take(afterDot ? `.${token[4].value}` : token[4].value, afterDot ? 2 : 1);
    else if (type === TokenType.Delim && '*&'.includes(written)) begin();
    afterDot = type === TokenType.Delim && written === '.';
    afterColon = type === TokenType.Colon;
  }
  keys.push(key);
  return keys;
}
