import type { PageRecord } from '../page/page-state.ts';
import type { Printable, PrintPage } from '../print/print-page.ts';
import { probeImages } from './probe-images.ts';

/** A long name, and after it the same again: what is cut off anywhere is still like a name. */
const SAMPLE = 'Maximiliana Wilhelmine Theodora von Hohenlohe-Waldenburg-Schillingsfürst ';
/** A text of this length reaches every edge that a longer one reaches. */
const MOST = 120;

/**
 * For each slot of `record` a text that is about as long as fits, while all others are as long as they fit: by halving, all slots at once, in the moving layer. What all of them leave to each
 * other is not told apart: for how long one may be while the others are short, see inspection.
 */
export async function longestTexts(
  page: PrintPage,
  plan: Printable,
  record: PageRecord,
): Promise<Record<string, string>> {
  const text = (length: number) =>
    SAMPLE.repeat(Math.ceil(length / SAMPLE.length))
      .slice(0, length)
      .trim();
  const found = new Map(Object.keys(record.values).map((slot) => [slot, { fits: 1, fails: MOST + 1 }]));
  const lengthOf = ({ fits, fails }: { fits: number; fails: number }) =>
    fails > MOST ? MOST : Math.ceil((fits + fails) / 2);
  for (let round = 0; round < 10; round++) {
    const values = Object.fromEntries([...found].map(([slot, range]) => [slot, text(lengthOf(range))]));
    const { misfits } = await page.fill(plan, [{ ...record, values }], probeImages, 'moving', false);
    if (misfits.length === 0) return values;
    const unfit = new Set(misfits.flatMap(({ slot, into }) => [slot, into]));
    for (const [slot, range] of found) {
      if (unfit.has(slot)) range.fails = Math.max(range.fits + 1, lengthOf(range));
      else range.fits = lengthOf(range);
    }
  }
  return {};
}
