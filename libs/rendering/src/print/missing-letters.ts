import { uncoveredCharacter } from '../fonts/uncovered-character.ts';
import type { PrintFailure } from './print-failed.ts';
import type { PrintRecord } from './print-record.ts';
import type { RenderPlan } from './render-plan.ts';

/** Latin letters, digits and signs: every font of ours has them. */
const PLAIN = /^[\u0020-\u007e\u00a0-\u017f]*$/;
const LETTER = /^[\p{L}\p{M}\p{N}]$/u;

/**
 * The records, by their place, that show a letter which no font has: its place would stay empty, and a name without its letters is nobody's. Signs such as emoji may stay empty. A template
 * with fonts of its own is believed to have what it needs.
 */
export function missingLetters(
  plan: Pick<RenderPlan, 'slots' | 'source'>,
  records: readonly PrintRecord[],
): Map<number, Omit<PrintFailure, 'index'>> {
  const failures = new Map<number, Omit<PrintFailure, 'index'>>();
  if (/@font-face/i.test(plan.source)) return failures;
  for (const [index, { values, lists = {} }] of records.entries()) {
    const shown = plan.slots.flatMap((slot): [string, string][] => {
      const rows = Object.hasOwn(lists, slot) ? (lists[slot] ?? []) : [];
      const texts = rows.flatMap((row) => Object.values(row));
      if (Object.hasOwn(values, slot)) texts.push(values[slot] ?? '');
      return texts.map((text) => [slot, text]);
    });
    for (const [slot, text] of shown) {
      const letter = missingLetter(text);
      if (letter === undefined) continue;
      const code = `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
      const message = `The text of ${slot} has the letter ${code}, which no font of ours has. Write it in another writing system, or give the template a font that has it (@font-face).`;
      failures.set(index, { reason: 'no-font', message });
      break;
    }
  }
  return failures;
}

function missingLetter(text: string): string | undefined {
  if (PLAIN.test(text)) return undefined;
  let rest = text;
  for (;;) {
    const character = uncoveredCharacter(rest);
    if (character === undefined || LETTER.test(character)) return character;
    // A sign: look behind it, and behind all of its like.
    rest = rest.normalize('NFC').replaceAll(character, ' ');
  }
}
