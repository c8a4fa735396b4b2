import { coveredScripts } from '../fonts/covered-scripts.ts';
import type { PrintRecord } from '../print/print-record.ts';
import type { LongestText } from './template-inspection.ts';

/** The slots whose length nobody knows before. */
const SLOTS = ['recipient.name', 'achievement.name', 'course.title'];
/** Latin, the script of the widest letters, and the one of the widest characters. */
const SCRIPTS = ['Latn', 'Mlym', 'Hans'];
const MOST = 240;
const STEPS = 3;
const ROUNDS = 4;

const letters = new Intl.Segmenter('und');

/** An ordinary text of so many characters: names one after the other. */
function textOf(script: string, characters: number): string {
  const { example = 'Wangari Maathai' } = coveredScripts.find(({ code }) => code === script) ?? {};
  const pieces = [...letters.segment(`${example}${script === 'Hans' ? '' : ' '}`)].map(({ segment }) => segment);
  const text = Array.from({ length: characters }, (_, at) => pieces[at % pieces.length] ?? '').join('');
  return text.trimEnd();
}

/**
 * The longest texts that fit in the slots of a template, between 0 and 240 characters, by halving all ranges at once. `misfits` lays out records and tells by their place which do not
 * fit, and by which slot.
 */
export async function findLongest(
  slots: readonly string[],
  record: PrintRecord,
  misfits: (records: PrintRecord[]) => Promise<readonly { readonly record: number; readonly slot: string }[]>,
): Promise<LongestText[]> {
  const ranges = SLOTS.filter((slot) => slots.includes(slot)).flatMap((slot) =>
    SCRIPTS.map((script) => ({ slot, script, fits: 0, not: MOST + 1 })),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const tries = ranges.flatMap((range) => {
      const gap = range.not - range.fits;
      const lengths = new Set(
        Array.from({ length: STEPS }, (_, at) => range.fits + Math.round((gap * (at + 1)) / (STEPS + 1))),
      );
      return [...lengths]
        .filter((length) => length > range.fits && length < range.not)
        .map((length) => ({ range, length }));
    });
    if (tries.length === 0) break;
    const unfit = new Set(
      (
        await misfits(
          tries.map(({ range, length }) => ({
            ...record,
            values: { ...record.values, [range.slot]: textOf(range.script, length) },
          })),
        )
      ).map(({ record }) => record),
    );
    tries.forEach(({ range, length }, at) => {
      if (unfit.has(at)) range.not = Math.min(range.not, length);
    });
    tries.forEach(({ range, length }, at) => {
      if (!unfit.has(at) && length < range.not) range.fits = Math.max(range.fits, length);
    });
  }
  return ranges
    .map(({ slot, script, fits }) => {
      const text = textOf(script, fits);
      return { slot, script, text, characters: [...letters.segment(text)].length };
    })
    .sort((a, b) => SLOTS.indexOf(a.slot) - SLOTS.indexOf(b.slot) || a.characters - b.characters);
}
