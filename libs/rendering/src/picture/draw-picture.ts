import type { Misfit } from '../page/page-state.ts';
import type { PrintPage } from '../print/print-page.ts';
import type { PrintRecord } from '../print/print-record.ts';
import type { RenderPlan } from '../print/render-plan.ts';
import { toPages } from '../print/to-pages.ts';
import { withPaths } from '../print/with-paths.ts';
import { drawPng } from './draw-png.ts';
import { drawSvg } from './draw-svg.ts';
import { PictureRefused } from './picture-refused.ts';

/** Which picture of a certificate. */
export type PictureOptions =
  | {
      readonly format: 'png';
      /** In pixels, 2400 at most; 1200 if left out. */
      readonly width?: number;
    }
  | { readonly format: 'svg' };

const SHARED = 1200;
const WIDEST = 2400;

/**
 * Says how a picture is drawn on a page of the browser, which gives the file, or the text that does not fit.
 *
 * @throws {PictureRefused} for an SVG of what is none, and for a width out of bounds
 */
export function drawPicture(
  plan: RenderPlan,
  record: PrintRecord,
  options: PictureOptions,
): (page: PrintPage) => Promise<Buffer | Misfit> {
  const width = options.format === 'png' ? (options.width ?? SHARED) : SHARED;
  if (options.format === 'svg' && plan.mediaType !== 'image/svg+xml')
    throw new PictureRefused(
      'no-svg',
      'An SVG can only be drawn of a template that is an SVG: a web page has a layout that an SVG cannot hold. Take a PNG or the PDF.',
    );
  if (!Number.isInteger(width) || width < 1 || width > WIDEST)
    throw new PictureRefused('width', `A picture of ${width} pixels is not drawn: take a width from 1 to ${WIDEST}.`);
  return async (page) => {
    const run = toPages([record]);
    const pages = withPaths(run);
    const { misfits } = await page.fill(plan, pages, run.images, 'whole', false);
    const [misfit] = misfits;
    if (misfit !== undefined) return misfit;
    const credential = record.attachment && Buffer.from(record.attachment.bytes).toString('utf8');
    if (options.format === 'png') return drawPng(page.page, page.session, width, credential);
    const told = {
      title: record.title,
      description: `To verify it, open ${record.qr}`,
      ...plan.size,
      qr: { path: pages[0]?.qr.path ?? '', says: record.qr },
    };
    return drawSvg(page.page, page.session, told, credential);
  };
}
