import { readTemplate } from './read-template.ts';
import { slotsOfMarkup } from './slots-of-markup.ts';

/** The lists that a template repeats, by their slot, each with the names of the values that a row shows: `{ 'claims.marks': ['mark', 'subject'] }`. */
export function templateLists(template: {
  readonly mediaType: string;
  readonly source: string;
}): Record<string, readonly string[]> {
  return { ...slotsOfMarkup(readTemplate(template).markup).lists };
}
