import { uncoveredCharacter } from '../fonts/uncovered-character.ts';
import { parseSlots } from '../slots/parse-slots.ts';
import type { Finding, Markup } from './markup.ts';

/** Turns the order of letters round, or hides them, so that a reader sees another text than a program. */
const HIDING = /[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;

/** The words that stand in a template for everyone: whether Laurel's fonts have their letters, and whether a reader sees what is written. */
export function checkTexts({ elements, texts }: Markup): Finding[] {
  const findings: Finding[] = [];
  const hasOwnFonts = texts.some(({ value, parent }) => parent?.name === 'style' && /@font-face/i.test(value));
  const seen = new Set<string>();
  const check = (value: string, at: number, isPrinted: boolean) => {
    const hidden = HIDING.exec(value)?.[0];
    if (hidden !== undefined)
      findings.push({
        at,
        rule: 'hidden-text',
        reason: `The text has ${codeOf(hidden)}, which turns the order of letters round or hides them.`,
        advice:
          'Delete it. Arabic and Hebrew run from right to left by themselves; to set a part apart use the attribute direction, or <bdi> in HTML.',
      });
    if (!isPrinted) return;
    for (const part of parseSlots(value)) {
      const lacking = typeof part === 'string' ? uncoveredCharacter(part) : undefined;
      if (lacking === undefined || seen.has(lacking)) continue;
      seen.add(lacking);
      findings.push({
        at,
        rule: 'writing-system',
        // A font that the template brings may have it: who looks at the preview sees it.
        ...(hasOwnFonts ? { level: 'advice' } : {}),
        reason: `No font of Laurel has ${lacking} (${codeOf(lacking)}): a box would be printed in its place.`,
        advice: /\p{Extended_Pictographic}/u.test(lacking)
          ? 'Draw it, as <path> or as a picture.'
          : 'Write it with other letters, or bring a font that has it (@font-face with a data: address).',
      });
    }
  };
  for (const { value, at, parent } of texts) {
    if (parent?.name === 'style' || parent?.name === 'script') continue;
    check(
      value,
      at,
      parent?.name !== 'title' && parent?.name !== 'desc' && parent?.name !== 'metadata' && parent?.space !== 'other',
    );
  }
  for (const { attributes } of elements)
    for (const { name, value, at } of attributes) if (/^(?:aria-label|alt|title)$/i.test(name)) check(value, at, false);
  return findings;
}

const codeOf = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
