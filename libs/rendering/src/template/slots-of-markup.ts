import { isListName } from '../slots/is-list-name.ts';
import { parseSlots } from '../slots/parse-slots.ts';
import { attributeOf } from './attribute-of.ts';
import type { Markup, MarkupElement } from './markup.ts';

/** What a template asks of a record. */
export interface MarkupSlots {
  /** Sorted, by their own names whatever the template calls them; `qr` among them, and the lists of repeated parts. */
  readonly slots: readonly string[];
  /** For each list the names of the values that its rows show, sorted. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

const ITEM = 'item.';

/** Collects the slots of a template that was read. */
export function slotsOfMarkup({ elements, texts }: Markup): MarkupSlots {
  const slots = new Set<string>();
  const lists = new Map<string, Set<string>>();
  const listOf = new Map<MarkupElement, string>();
  const add = (text: string, element: MarkupElement | undefined) => {
    if (!text.includes('{')) return;
    for (const part of parseSlots(text)) {
      if (typeof part === 'string') continue;
      const list = element === undefined ? undefined : listOf.get(element);
      if (!part.slot.startsWith(ITEM)) slots.add(part.slot);
      else if (list !== undefined) lists.get(list)?.add(part.slot.slice(ITEM.length));
    }
  };
  for (const element of elements) {
    const own = attributeOf(element, 'data-each').trim();
    const list = isListName(own) ? own : element.parent === undefined ? undefined : listOf.get(element.parent);
    if (list !== undefined) {
      listOf.set(element, list);
      slots.add(list);
      if (!lists.has(list)) lists.set(list, new Set());
    }
    for (const { name, value } of element.attributes) {
      if ((name === 'data-slot' || name === 'data-laurel-slot') && value.trim() === 'qr') slots.add('qr');
      else add(value, element);
    }
  }
  for (const { value, parent } of texts) if (parent?.name !== 'style' && parent?.name !== 'script') add(value, parent);
  return {
    slots: [...slots].sort(),
    lists: Object.fromEntries([...lists].map(([list, names]) => [list, [...names].sort()])),
  };
}
