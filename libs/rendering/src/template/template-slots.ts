import { parseSlots } from '../slots/parse-slots.ts';
import { readHtml } from './read-html.ts';
import { readSvg } from './read-svg.ts';

/** The slots that a template shows, sorted, by their own names whatever the template calls them; `qr` among them. */
export function templateSlots({
  mediaType,
  source,
}: {
  readonly mediaType: string;
  readonly source: string;
}): string[] {
  const { markup } = mediaType === 'text/html' ? readHtml(source) : readSvg(source);
  const slots = new Set<string>();
  const add = (text: string) => {
    for (const part of parseSlots(text)) if (typeof part !== 'string') slots.add(part.slot);
  };
  for (const { value, parent } of markup.texts) if (parent?.name !== 'style' && parent?.name !== 'script') add(value);
  for (const { attributes } of markup.elements) {
    for (const { name, value } of attributes) {
      if ((name === 'data-slot' || name === 'data-laurel-slot') && value.trim() === 'qr') slots.add('qr');
      else add(value);
    }
  }
  return [...slots].sort();
}
