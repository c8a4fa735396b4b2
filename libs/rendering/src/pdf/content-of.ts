import { inflateSync } from 'node:zlib';
import type { PdfObject } from './pdf-object.ts';
import { PdfUnknown } from './pdf-unknown.ts';

/** What a content stream or a form says. Throws PdfUnknown where its filter is another than the browser's. */
export function contentOf({ id, text, stream }: PdfObject): string {
  const value = text.join('');
  const filter = /\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(value)?.[1];
  if (stream === undefined) throw new PdfUnknown(`object ${id} is no content stream`);
  if (filter === undefined) return stream.toString('latin1');
  if (filter !== '/FlateDecode') throw new PdfUnknown(`content stream ${id} has the filter ${filter}`);
  try {
    return inflateSync(stream).toString('latin1');
  } catch (cause) {
    throw new PdfUnknown(`content stream ${id} is damaged (${(cause as Error).message})`);
  }
}
