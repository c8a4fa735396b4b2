import { isListName } from '../slots/is-list-name.ts';
import { parseSlots } from '../slots/parse-slots.ts';
import { attributeOf } from './attribute-of.ts';
import type { Finding, Markup, MarkupElement } from './markup.ts';

const MOST_ROWS = 200;

/** Repeated parts: `data-each` names a list, stands in no other one, and says in SVG how far apart the rows are; `item.<name>` stands inside of one. */
export function checkRepeats({ kind, elements, texts }: Markup): Finding[] {
  const findings: Finding[] = [];
  const parts = new Map<MarkupElement, MarkupElement>();
  const partOf = (element: MarkupElement | undefined): MarkupElement | undefined =>
    element === undefined ? undefined : (parts.get(element) ?? (isPart(element) ? element : undefined));
  const add = (at: number, reason: string, advice: string) => findings.push({ at, rule: 'repeat', reason, advice });
  const strange = (text: string, inside: MarkupElement | undefined, at: number) => {
    if (inside !== undefined || !text.includes('item.')) return;
    const item = parseSlots(text).find((part) => typeof part !== 'string' && part.slot.startsWith('item.'));
    if (item !== undefined)
      add(
        at,
        'An item.<name> stands outside of a repeated part.',
        'Put data-each="claims.<list>" on the element that is to be repeated, around it.',
      );
  };
  for (const element of elements) {
    const outer = partOf(element.parent);
    if (outer !== undefined) parts.set(element, outer);
    const own = isPart(element) ? element : undefined;
    if (own !== undefined) findings.push(...checkPart(own, outer, kind));
    for (const { name: written, value, at } of element.attributes) {
      const name = written.toLowerCase();
      if (/^data-each-/.test(name) && own === undefined)
        add(at, `${written} stands on an element without data-each.`, 'Write data-each="claims.<list>" beside it.');
      if (name === 'data-when' || name === 'data-unless') {
        // The part itself is judged by its own rows only from inside.
        if (partOf(element.parent) === undefined && own === undefined && /(?:^|\s)item\./.test(value))
          strange(`{{${/item\.[\w-]+/.exec(value)?.[0] ?? ''}}}`, undefined, at);
      } else if (!name.startsWith('data-each')) strange(value.slice(0, 10_000), outer ?? own, at);
    }
    if ((outer ?? own) !== undefined && /^qr$/.test(attributeOf(element, 'data-slot').trim()))
      add(
        element.at,
        'The QR code stands in a repeated part.',
        'Put it outside: it is the same for the whole certificate.',
      );
  }
  for (const { value, at, parent } of texts) if (parent?.name !== 'style') strange(value, partOf(parent), at);
  return findings;
}

const isPart = (element: MarkupElement) => element.attributes.some(({ name }) => name.toLowerCase() === 'data-each');

function checkPart(element: MarkupElement, outer: MarkupElement | undefined, kind: Markup['kind']): Finding[] {
  const findings: Finding[] = [];
  const add = (reason: string, advice: string, level?: 'advice') =>
    findings.push({ at: element.at, rule: 'repeat', reason, advice, ...(level === undefined ? {} : { level }) });
  const list = attributeOf(element, 'data-each').trim();
  if (!isListName(list))
    add(`data-each="${list.slice(0, 60)}" names no list.`, 'Name a claim that is a list: data-each="claims.marks".');
  if (outer !== undefined)
    add('A repeated part stands in another one.', 'Repeat one of the two, and name the other one’s values one by one.');
  if (element.parent === undefined || element.name === 'body' || element.name === 'html')
    add('The whole template cannot be repeated.', 'Put data-each on an element inside of it.');
  const number = (name: string) => {
    const written = attributeOf(element, name).trim();
    if (written === '') return undefined;
    const value = /^-?(?:\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : NaN;
    if (!(Math.abs(value) <= 1e6))
      add(`${name}="${written.slice(0, 40)}" is no number.`, 'Write a plain number, in units of the drawing.');
    return value;
  };
  const most = attributeOf(element, 'data-each-most').trim();
  if (most !== '' && !(/^\d{1,3}$/.test(most) && Number(most) >= 1 && Number(most) <= MOST_ROWS))
    add(`data-each-most="${most.slice(0, 40)}" is no number of rows.`, `Write a whole number from 1 to ${MOST_ROWS}.`);
  const [step, stepX] = [number('data-each-step'), number('data-each-step-x')];
  if (kind === 'html') {
    if (step !== undefined || stepX !== undefined)
      add(
        'data-each-step has no effect in HTML.',
        'Delete it: rows follow one another as a browser lays them out.',
        'advice',
      );
    return findings;
  }
  if ((step ?? 0) === 0 && (stepX ?? 0) === 0)
    add(
      'All rows would stand in one place.',
      'Write data-each-step="60", the distance from row to row in units of the drawing.',
    );
  if (most === '')
    add(
      'It does not say how many rows fit.',
      'Write data-each-most="8", so that a longer list is refused before it runs into what stands below.',
      'advice',
    );
  return findings;
}
