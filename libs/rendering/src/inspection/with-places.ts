import type { Markup } from '../template/markup.ts';
import { PLACE } from './place-attribute.ts';

/** The source, with the place of each written element as an attribute of it. What a browser adds by itself has none. */
export function withPlaces({ source, elements, kind }: Markup): string {
  const name = kind === 'svg' ? /[^\s/>]+/y : /[a-z][^\s/>]*/iy;
  let marked = '';
  let from = 0;
  for (const { at } of elements) {
    if (source[at] !== '<' || at < from) continue;
    name.lastIndex = at + 1;
    const end = name.test(source) ? name.lastIndex : -1;
    if (end < 0) continue;
    marked += `${source.slice(from, end)} ${PLACE}="${at}"`;
    from = end;
  }
  return marked + source.slice(from);
}
