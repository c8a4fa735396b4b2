import type { MarkedText, Misfit } from '../page/page-state.ts';
import type { PrintPage } from './print-page.ts';
import type { RenderPlan } from './render-plan.ts';
import type { RunPages } from './to-pages.ts';

/** Pages of one layer, and the records that they are of. */
export interface PrintedPart {
  readonly pdf: Buffer;
  readonly layer: 'whole' | 'moving';
  readonly pages: readonly { readonly record: number; readonly texts: readonly MarkedText[] }[];
}

/**
 * Prints a run on a page of the browser: one PDF with what changes of each record, and another of whole pages for those whose layers would not meet. What does not fit is not
 * printed.
 */
export async function printRun(
  page: PrintPage,
  plan: RenderPlan,
  { pages, images }: RunPages,
): Promise<{ parts: PrintedPart[]; misfits: Misfit[] }> {
  const parts: PrintedPart[] = [];
  const misfits: Misfit[] = [];
  let left = pages.map((_, record) => record);
  for (const layer of plan.layers === undefined ? (['whole'] as const) : (['moving', 'whole'] as const)) {
    if (left.length === 0) break;
    const isDrawnHere = layer === 'whole' || plan.layers?.qr === undefined;
    const records = left.map((record) => pages[record]).filter((record) => record !== undefined);
    // The outlines of a code that the writer draws are of no use to the page.
    const sent = isDrawnHere ? records : records.map((record) => ({ ...record, qr: { ...record.qr, path: '' } }));
    const filled = await page.fill(plan, sent, images, layer, plan.isMarked);
    const gone = new Set<number>(filled.moved);
    for (const misfit of filled.misfits) {
      misfits.push({ ...misfit, record: left[misfit.record] ?? 0 });
      gone.add(misfit.record);
    }
    const there = left
      .map((record, at) => ({ record, at, texts: filled.texts[at] ?? [] }))
      .filter(({ at }) => !gone.has(at));
    if (there.length > 0) parts.push({ pdf: await page.toPdf(), layer, pages: there });
    const moved = filled.moved.map((at) => left[at] ?? 0);
    left = moved;
  }
  return { parts, misfits };
}
