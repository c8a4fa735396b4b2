import type { PageLabel } from '../pdf/page-label.ts';
import type { PrintedPart } from './print-run.ts';
import type { PrintRecord } from './print-record.ts';
import type { PlanLayers } from './render-plan.ts';
import type { RunPages } from './to-pages.ts';

/** What the writer has to know of the pages of a part. `matrix` is given where it draws the QR codes. */
export function labelsOf(
  pages: PrintedPart['pages'],
  records: readonly PrintRecord[],
  codes: RunPages['codes'],
  matrix: PlanLayers['qr'],
): PageLabel[] {
  return pages.map(({ record, texts }) => {
    const { title = '', language = 'en', qr: says = '', attachment } = records[record] ?? {};
    const drawing = codes[record];
    const [a, b, c, d, e, f] = matrix ?? [0, 0, 0, 0, 0, 0];
    const part = 1 / (drawing?.size ?? 1);
    return {
      title,
      language,
      texts,
      ...(matrix && drawing && { qr: { drawing, matrix: [a * part, b * part, c * part, d * part, e, f], says } }),
      ...(attachment && { attachment }),
    };
  });
}
