import { parseSlots } from '../slots/parse-slots.ts';
import { slotName } from '../slots/slot-name.ts';
import { adviseSlot } from './advise-slot.ts';
import type { Finding, Markup, MarkupElement } from './markup.ts';

const PICTURE = /^qr$|^images\.|\.signature$/;
/** Where a value is a text and nothing else, whatever is in it. No other attribute takes a slot. */
const SPOKEN = /^(?:aria-label|alt|title|lang)$/;
/** Texts that a browser reads as something else than text. */
const CODE = new Set(['style', 'script']);
/** More are told to nobody. */
const MOST_SAID = 200;
const BRACES = /[{$]\{|\}\}/;

/**
 * Whether each slot is known, is written whole, and stands where its kind may stand. A value becomes a text node, or an attribute that is spoken or read; a place
 * where it would need another escaping (a style, an address, a name) takes none.
 */
export function checkSlots(markup: Markup): Finding[] {
  const findings: Finding[] = [];
  for (const { value, at, parent } of markup.texts) {
    if (!BRACES.test(value) && !/\$[a-z]|\uff5b/i.test(value)) continue;
    if (parent !== undefined && CODE.has(parent.name)) {
      const slot = parseSlots(value).find((part) => typeof part !== 'string');
      if (parent.name === 'style' && slot !== undefined) findings.push(misplaced(slot.slot, at, 'a style sheet'));
      continue;
    }
    for (const { slot, at: place } of slotsOf(value, at, markup.source, findings)) {
      if (!PICTURE.test(slot)) continue;
      const advice = `Show it in a picture: <image href="{{${slot}}}" .../> in SVG, <img src="{{${slot}}}"> in HTML.`;
      findings.push({
        at: place,
        rule: 'slot-place',
        reason: `{{${slot}}} is a picture and stands in a text.`,
        advice,
      });
    }
  }
  for (const element of markup.elements) checkAttributes(element, markup.source, findings);
  return findings;
}

function checkAttributes(element: MarkupElement, source: string, findings: Finding[]): void {
  for (const { name: written, value, at } of element.attributes) {
    const name = written.toLowerCase();
    if (name === 'data-when' || name === 'data-unless') {
      const names = value.trim().split(/\s+/);
      for (const slot of names)
        if (slotName(slot) === undefined)
          findings.push({
            at,
            rule: 'unknown-slot',
            reason: `${written} names ${slot || 'nothing'}, which is no slot.`,
            advice: adviseSlot(slot),
          });
      if (name === 'data-unless' && names.length > 1)
        findings.push({
          at,
          rule: 'unknown-slot',
          reason: 'data-unless takes one slot.',
          advice: 'Put an element with a data-unless of its own around it.',
        });
      continue;
    }
    if (/^data-(?:laurel-)?slot$/.test(name) && value.trim() !== 'qr') {
      findings.push({
        at,
        rule: 'unknown-slot',
        reason: `${written}="${value.slice(0, 40)}" is no slot; qr alone is written so.`,
        advice:
          slotName(value.trim()) === undefined
            ? adviseSlot(value.trim())
            : `Write {{${value.trim()}}} where its text is to stand.`,
      });
      continue;
    }
    if (/\{\{|\$\{/.test(written)) {
      findings.push({
        at,
        rule: 'slot-place',
        reason: `A slot stands where the name of an attribute of <${element.name}> belongs.`,
        advice: 'Put it into a text, or use data-when around the element.',
      });
      continue;
    }
    if (!BRACES.test(value) || /^\s*data:/i.test(value.slice(0, 100))) continue;
    const isPictureLink = /^(?:xlink:)?href$|^src$/.test(name) && (element.name === 'image' || element.name === 'img');
    // In a style, doubled braces may be CSS.
    const found =
      name === 'style'
        ? parseSlots(value).flatMap((part) => (typeof part === 'string' ? [] : [{ ...part, at }]))
        : slotsOf(value, at, source, findings);
    const isWhole = parseSlots(value.trim()).length === 1;
    for (const { slot } of found) {
      if (PICTURE.test(slot) ? isPictureLink && isWhole : SPOKEN.test(name)) continue;
      findings.push(misplaced(slot, at, `${written} of <${element.name}>`));
    }
  }
}

function misplaced(slot: string, at: number, where: string): Finding {
  const advice = PICTURE.test(slot)
    ? 'Let it be the whole href of an <image>, or the whole src of an <img>.'
    : 'Put it into a text; of the attributes only aria-label, alt, title and lang take one.';
  return { at, rule: 'slot-place', reason: `{{${slot}}} cannot stand in ${where}.`, advice };
}

/** The known slots of a text; what only looks like one is a finding. */
function slotsOf(text: string, at: number, source: string, findings: Finding[]): { slot: string; at: number }[] {
  const slots: { slot: string; at: number }[] = [];
  let from = 0;
  let looked = at;
  // Entities make a text shorter than its source: a slot is looked for from where the last one was. What is written with entities itself is not found, and ends the search.
  const placeOf = (written: string) => {
    const found = looked < 0 ? -1 : source.indexOf(written, looked);
    looked = found < 0 || found > at + 20 * text.length + 200 ? -1 : found + written.length;
    return looked < 0 ? at : found;
  };
  const wrong = (written: string, reason: string, advice: string) => {
    if (findings.length < MOST_SAID) findings.push({ at: placeOf(written), rule: 'unknown-slot', reason, advice });
  };
  for (const match of text.matchAll(
    /\{?\{\{([^{}]*)\}\}\}?|\$\{([^{}]*)\}|\{\{|\}\}|\$([a-z][A-Za-z0-9]{3,40})|\uff5b/g,
  )) {
    const [written, braces, dollar, velocity] = match;
    if (match.index < from) continue;
    from = match.index + written.length;
    const name = (braces ?? dollar ?? velocity ?? '').trim();
    const slot = slotName(name);
    const isTriple = braces !== undefined && (written.startsWith('{{{') || written.endsWith('}}}'));
    if (velocity !== undefined) {
      if (slot !== undefined) wrong(written, `${written} is printed as it is written.`, `Write {{${slot}}}.`);
    } else if (written === '\uff5b') {
      if (text[from] === '\uff5b') wrong(written, 'Braces of full width make no slot.', 'Write {{ and }}.');
    } else if (isTriple)
      wrong(
        written.slice(0, 80),
        `${written.slice(0, 80)} has three braces: nothing in a value is markup, whatever the braces.`,
        `Write {{${slot ?? name}}}.`,
      );
    else if (braces === undefined && dollar === undefined)
      wrong(
        written,
        `${written} stands alone: a slot must begin and end in one text, without elements in it.`,
        'Write the whole slot, such as {{recipient.name}}, into one element.',
      );
    else if (slot === undefined) {
      if (findings.length < MOST_SAID)
        wrong(written.slice(0, 80), `${written.slice(0, 80)} names no slot.`, adviseSlot(name));
    } else slots.push({ slot, at: placeOf(written) });
  }
  return slots;
}
