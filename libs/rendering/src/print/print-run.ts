import type { Misfit } from '../page/page-state.ts';
import type { PageLabel } from '../pdf/page-label.ts';
import type { Background } from '../pdf/read-background.ts';
import type { PrintPage } from './print-page.ts';
import type { RenderPlan } from './render-plan.ts';
import { type AwardLayer, type AwardLayers } from './award-layers.ts';
import type { RunPages } from './to-pages.ts';
import { withPaths } from './with-paths.ts';

/** Pages of one layer, and the records that they are of. */
export interface PrintedPart {
  readonly pdf: Buffer;
  readonly layer: 'whole' | 'moving' | 'own';
  /** What lies under them: nothing under whole pages. */
  readonly background: Background | undefined;
  readonly pages: readonly { readonly record: number; readonly texts: PageLabel['texts'] }[];
}

/**
 * Prints a run on a page of the browser: one PDF with what changes of each record, and another of whole pages for those whose layers would not meet. What the records have in common is not printed, if
 * `layers` knows a layer of it. What does not fit is not printed.
 */
export async function printRun(
  page: PrintPage,
  plan: RenderPlan,
  run: RunPages,
  layers: AwardLayers,
): Promise<{ parts: PrintedPart[]; misfits: Misfit[] }> {
  const { pages, images } = run;
  const parts: PrintedPart[] = [];
  const misfits: Misfit[] = [];
  const common = layers.commonOf(plan, run);
  const known = common && layers.get(common);
  let left = pages.map((_, record) => record);
  for (const layer of ['own', 'moving', 'whole'] as const) {
    if (left.length === 0) break;
    if ((layer === 'own' && known === undefined) || (layer !== 'whole' && plan.layers === undefined)) continue;
    const isDrawnHere = layer === 'whole' || plan.layers?.qr === undefined;
    const sent = isDrawnHere
      ? withPaths(run, left)
      : left.map((record) => pages[record]).filter((record) => record !== undefined);
    const shown = layer === 'own' ? withoutShared(run, known?.slots ?? []) : images;
    const filled = await page.fill(plan, sent, shown, layer, plan.isMarked, known);
    const gone = new Set<number>(filled.moved);
    for (const misfit of filled.misfits) {
      misfits.push({ ...misfit, record: left[misfit.record] ?? 0 });
      gone.add(misfit.record);
    }
    const there = left
      .map((record, at) => ({ record, at, texts: filled.texts[at] ?? [] }))
      .filter(({ at }) => !gone.has(at));
    if (there.length > 0) {
      if (layer === 'moving' && known === undefined && common !== undefined && layers.isDue(common)) {
        const found = await page.share(common.slots);
        layers.learn(common, plan, found && { ...found, texts: filled.texts[found.shared.model] ?? [] });
      }
      const background = layers.backgroundOf(plan, layer === 'own' ? known : undefined);
      parts.push({
        ...{ pdf: await page.toPdf(), layer },
        background: layer === 'whole' ? undefined : background,
        pages: there.map(({ record, texts }) => ({
          record,
          texts: layer === 'own' && known !== undefined ? together(texts, known.texts) : texts,
        })),
      });
    }
    left = filled.moved.map((at) => left[at] ?? 0);
  }
  return { parts, misfits };
}

/** The pictures of a run that records have for themselves; the places of the others are kept. */
function withoutShared({ pages, images }: RunPages, slots: readonly string[]): string[] {
  const own = new Set(
    pages.flatMap(({ images }) => Object.entries(images).flatMap(([slot, at]) => (slots.includes(slot) ? [] : [at]))),
  );
  return images.map((image, at) => (own.has(at) ? image : ''));
}

/** The texts of a page and those that it shares, in reading order. */
function together(own: AwardLayer['texts'], shared: AwardLayer['texts']): PageLabel['texts'] {
  const waiting = shared.map((text) => ({ ...text, isShared: true }));
  const before = (number: number) => {
    const at = waiting.findIndex((text) => text.number >= number);
    return waiting.splice(0, at < 0 ? waiting.length : at);
  };
  return [...own.flatMap((text) => [...before(text.number), text]), ...waiting];
}
