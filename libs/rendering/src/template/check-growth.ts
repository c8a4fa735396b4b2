import { attributeOf } from './attribute-of.ts';
import { localReferences } from './local-references.ts';
import type { Finding, Markup, MarkupElement } from './markup.ts';

/** How many elements the browser may have to draw, with all copies that <use>, patterns, masks, filters and markers make. */
const MOST_DRAWN = 50_000;
/** So many characters of a path are as much work as an element. */
const PER_ELEMENT = 50;
/** Gradients are no copies: one that a thousand shapes share is made once. */
const FREE = new Set(['lineargradient', 'radialgradient']);
const CHAIN = 2000;

/** What a template becomes when everything that it repeats is drawn. */
export function checkGrowth(markup: Markup): Finding[] {
  const { elements } = markup;
  const [root] = elements;
  if (root === undefined) return [];
  const children = new Map<MarkupElement, MarkupElement[]>();
  const byId = new Map<string, MarkupElement>();
  for (const element of elements) {
    if (element.parent) {
      const siblings = children.get(element.parent);
      if (siblings === undefined) children.set(element.parent, [element]);
      else siblings.push(element);
    }
    const id = attributeOf(element, 'id');
    if (id !== '' && !byId.has(id)) byId.set(id, element);
  }
  const references = localReferences(markup, 10 * MOST_DRAWN);
  const drawn = new Map<MarkupElement, { target: MarkupElement; times: number }[]>();
  for (const { from, id, by } of references) {
    const target = byId.get(id);
    if (target === undefined || FREE.has(target.name)) continue;
    const times = by.startsWith('marker') ? vertices(from) : 1;
    const known = drawn.get(from);
    if (known === undefined) drawn.set(from, [{ target, times }]);
    else known.push({ target, times });
  }
  const sizes = new Map<MarkupElement, number>();
  const open = new Set<MarkupElement>();
  const size = (element: MarkupElement): number => {
    const known = sizes.get(element);
    if (known !== undefined) return known;
    // In itself, or so deep that it might as well be.
    if (open.has(element) || open.size > CHAIN) return Infinity;
    open.add(element);
    let sum = 1 + (attributeOf(element, 'd').length + attributeOf(element, 'points').length) / PER_ELEMENT;
    for (const child of children.get(element) ?? []) sum += size(child);
    for (const { target, times } of drawn.get(element) ?? []) sum += times * size(target);
    open.delete(element);
    sizes.set(element, sum);
    return sum;
  };
  const total = size(root);
  if (total <= MOST_DRAWN && references.length <= 10 * MOST_DRAWN) return [];
  const copying = [...drawn.keys()].sort((a, b) => a.at - b.at);
  const worst = copying.reduce((a, b) => (size(b) > size(a) ? b : a), copying[0] ?? root);
  return [
    {
      at: worst.at,
      rule: 'expansion',
      reason: `With all copies that <use>, patterns, masks and markers make, it is as much to draw as ${MOST_DRAWN} elements${Number.isFinite(total) ? ' and more' : ', and copies itself'}.`,
      advice: 'Draw ornaments as one <path>, and let nothing that is copied copy others.',
    },
  ];
}

/** How often a marker may be drawn along a shape: at most once for each number in it. */
function vertices(element: MarkupElement): number {
  const written = `${attributeOf(element, 'd')}${attributeOf(element, 'points')}`;
  return written === '' ? 2 : 1 + (written.length >> 1);
}
