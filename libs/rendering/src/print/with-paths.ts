import type { PageRecord } from '../page/page-state.ts';
import { qrPath } from '../qr/qr-path.ts';
import type { RunPages } from './to-pages.ts';

/** Records of a run with the outlines of their QR codes, which the browser is to draw. */
export function withPaths({ pages, codes }: RunPages, records: readonly number[]): PageRecord[] {
  return records.flatMap((record) => {
    const [page, code] = [pages[record], codes[record]];
    return page && code ? [{ ...page, qr: { ...page.qr, path: qrPath(code) } }] : [];
  });
}
