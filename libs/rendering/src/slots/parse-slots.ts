import { slotName } from './slot-name.ts';
import type { SlotPart } from './slot-part.ts';

// {{recipient.name}}, or Sunbird's ${recipientName}.
const WRITTEN = /\{\{\s*([A-Za-z][\w-]*(?:\.[\w-]+)*)\s*\}\}|\$\{\s*([A-Za-z][\w-]*(?:\.[\w-]+)*)\s*\}/g;

/**
 * The pieces of a text of a template, in order. `{{x}}` is always a slot, also an unknown one (`checkTemplate` names it, a print leaves it empty);
 * `${x}` is one only if x is known, else it stays as it is written. Values never pass through here: a brace in a value is a brace.
 */
export function parseSlots(text: string): SlotPart[] {
  const parts: SlotPart[] = [];
  let end = 0;
  for (const match of text.matchAll(WRITTEN)) {
    const [whole, braces, dollar = ''] = match;
    const slot = braces === undefined ? slotName(dollar) : (slotName(braces) ?? braces);
    if (slot === undefined) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ slot });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
