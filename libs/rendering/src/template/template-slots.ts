import { readTemplate } from './read-template.ts';
import { slotsOfMarkup } from './slots-of-markup.ts';

/** The slots that a template shows, sorted, by their own names whatever the template calls them; `qr` among them, and the lists of its repeated parts (`claims.marks`). */
export function templateSlots(template: { readonly mediaType: string; readonly source: string }): string[] {
  return [...slotsOfMarkup(readTemplate(template).markup).slots];
}
