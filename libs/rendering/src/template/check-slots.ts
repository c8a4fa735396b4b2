import { parseSlots } from '../slots/parse-slots.ts';
import { slotName } from '../slots/slot-name.ts';
import type { Finding, Markup } from './markup.ts';

const PICTURE = /^qr$|^images\.|\.signature$/;
const SPOKEN = /^(?:aria-label|alt|title|lang)$/;
const NAMES =
  'Known are recipient.name, achievement.name, certificate.number and the others of the README, signatories.0.name, claims.<name> and meta.<name>.';

/** Whether each slot is known, and stands where its kind may stand. */
export function checkSlots({ elements, texts }: Markup): Finding[] {
  const findings: Finding[] = [];
  const check = (text: string, at: number): string[] => {
    const slots: string[] = [];
    for (const [written, name = ''] of text.matchAll(/[{$]\{([^{}]*)\}\}?/g)) {
      const slot = slotName(name.trim());
      if (slot === undefined)
        findings.push({
          at: at + Math.max(0, text.indexOf(written)),
          rule: 'unknown-slot',
          reason: `${written} names no slot.`,
          advice: NAMES,
        });
      else slots.push(slot);
    }
    return slots;
  };
  for (const { value, at, parent } of texts) {
    if (parent?.name === 'style' || parent?.name === 'script') continue;
    for (const slot of check(value, at)) {
      if (!PICTURE.test(slot)) continue;
      const advice = `Show it in a picture: <image href="{{${slot}}}" .../> in SVG, <img src="{{${slot}}}"> in HTML.`;
      findings.push({ at, rule: 'slot-place', reason: `{{${slot}}} is a picture and stands in a text.`, advice });
    }
  }
  for (const element of elements) {
    for (const { name: written, value, at } of element.attributes) {
      const name = written.toLowerCase().replace(/^.*:/, '');
      if (name === 'data-when' || name === 'data-unless')
        for (const slot of value.trim().split(/\s+/))
          if (slotName(slot) === undefined)
            findings.push({
              at,
              rule: 'unknown-slot',
              reason: `${written} names ${slot || 'nothing'}, which is no slot.`,
              advice: NAMES,
            });
      if (!/[{$]\{/.test(value)) continue;
      const slots = check(value, at);
      const isPictureLink = (name === 'href' || name === 'src') && (element.name === 'image' || element.name === 'img');
      const isWhole = parseSlots(value.trim()).length === 1;
      for (const slot of slots) {
        if (PICTURE.test(slot) ? isPictureLink && isWhole : SPOKEN.test(name)) continue;
        const advice = PICTURE.test(slot)
          ? 'Let it be the whole href of an <image>, or the whole src of an <img>.'
          : 'Put it into a text; of the attributes only aria-label, alt, title and lang take one.';
        findings.push({
          at,
          rule: 'slot-place',
          reason: `{{${slot}}} cannot stand in ${written} of <${element.name}>.`,
          advice,
        });
      }
    }
  }
  return findings;
}
