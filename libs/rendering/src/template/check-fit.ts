import { attributeOf } from './attribute-of.ts';
import type { Finding, Markup, MarkupElement } from './markup.ts';

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  'data-fit-width': [1e-3, 1e6],
  'data-fit-height': [1e-3, 1e6],
  'data-fit-min': [0.1, 1],
  'data-wrap': [1, 3],
  'data-wrap-below': [0.1, 1],
  'data-line-height': [0.5, 3],
};
const GROW = new Set(['up', 'down', 'both']);
const OURS = /^data-(?:fit|wrap|line-height|each|slot|when|unless)/;
const KNOWN = new Set([
  ...Object.keys(RANGES),
  'data-wrap-grow',
  'data-slot',
  'data-when',
  'data-unless',
  'data-each',
  'data-each-step',
  'data-each-step-x',
  'data-each-most',
]);

/** How a text may shrink and wrap: the numbers of `data-fit-*` and `data-wrap`, and whether they stand where they do something. */
export function checkFit({ kind, elements }: Markup): Finding[] {
  return elements.flatMap((element) =>
    element.attributes.flatMap(({ name: written, value, at }): Finding[] => {
      const name = written.toLowerCase();
      if (!OURS.test(name)) return [];
      if (!KNOWN.has(name)) {
        const near = [...KNOWN].find((known) => name.startsWith(known) || known.startsWith(name));
        return [
          {
            at,
            rule: 'fit',
            reason: `${written} is not known.`,
            advice: near === undefined ? 'See docs/templates.md for what there is.' : `Did you mean ${near}?`,
          },
        ];
      }
      if (name === 'data-wrap-grow' && !GROW.has(value.trim()))
        return [
          {
            at,
            rule: 'fit',
            reason: `data-wrap-grow="${value.slice(0, 40)}" is no direction.`,
            advice: 'Write up, down or both.',
          },
        ];
      const range = RANGES[name];
      if (range === undefined) return name === 'data-wrap-grow' ? useless(element, kind, name, at) : [];
      const number = /^\s*(?:\d+\.?\d*|\.\d+)\s*$/.test(value) ? Number(value) : NaN;
      if (!(number >= range[0] && number <= range[1]) || (name === 'data-wrap' && !Number.isInteger(number)))
        return [
          { at, rule: 'fit', reason: `${name}="${value.slice(0, 40)}" cannot be used.`, advice: adviceOf(name, range) },
        ];
      return useless(element, kind, name, at);
    }),
  );
}

function adviceOf(name: string, [least, most]: readonly [number, number]): string {
  if (name === 'data-wrap') return 'Write 1, 2 or 3: the number of lines that the text may take.';
  if (most === 1e6) return 'Write a plain number above 0, in units of the drawing, without mm or px.';
  return `Write a plain number from ${least} to ${most}.`;
}

function useless(element: MarkupElement, kind: Markup['kind'], name: string, at: number): Finding[] {
  const say = (reason: string, advice: string): Finding[] => [{ at, rule: 'fit', level: 'advice', reason, advice }];
  if (kind === 'html' && name !== 'data-fit-min')
    return say(
      `${name} has no effect in HTML.`,
      'Delete it: text wraps in its box, and shrinks where the box has a height.',
    );
  if (kind === 'svg' && element.name !== 'text')
    return say(`${name} has no effect on <${element.name}>.`, 'Write it on the <text> around.');
  if (/^data-(?:wrap-grow|wrap-below|line-height|fit-height)$/.test(name) && attributeOf(element, 'data-wrap') === '')
    return say(`${name} has no effect without data-wrap.`, 'Write data-wrap="2" beside it, or delete it.');
  return [];
}
