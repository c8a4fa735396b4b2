import type { PageRecord } from '../page/page-state.ts';
import { qrPath } from '../qr/qr-path.ts';
import type { RunPages } from './to-pages.ts';

/** The pages of a run, or of some of its records, with the outlines of their QR codes, which the browser is to draw. */
export function withPaths({ pages, codes }: RunPages, records: Iterable<number> = pages.keys()): PageRecord[] {
  return [...records].flatMap((record) => {
    const [page, code] = [pages[record], codes[record]];
    return page && code ? [{ ...page, qr: { ...page.qr, path: qrPath(code) } }] : [];
  });
}
