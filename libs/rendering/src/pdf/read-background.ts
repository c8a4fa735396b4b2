import { beginDocument } from './begin-document.ts';
import { mendFonts } from './mend-fonts.ts';
import { ObjectCopier } from './object-copier.ts';
import type { PdfPrefix } from './pdf-assembly.ts';
import { PdfUnknown } from './pdf-unknown.ts';
import { readPages } from './read-pages.ts';
import { readPdf } from './read-pdf.ts';

/** The layer of a template that all its documents share: the beginning of each of them. */
export interface Background {
  readonly prefix: PdfPrefix;
  /** The number of the form that draws it. */
  readonly form: number;
  /** The box of its page, as it is written. */
  readonly box: string;
}

/** Reads the browser's PDF of one page as what `writeDocuments` draws under each page of a run: a form with its own resources, streams untouched. Throws PdfUnknown. */
export function readBackground(pdf: Buffer): Background {
  const read = readPdf(pdf);
  const pages = readPages(read);
  const [page] = pages;
  if (page === undefined || pages.length !== 1) throw new PdfUnknown(`a background has ${pages.length} pages`);
  const { text, refs, stream } = page.contents;
  const filter = /^<<([^]*)>>\s*$/.exec(text.join(''))?.[1];
  if (filter === undefined || refs.length > 0 || stream === undefined)
    throw new PdfUnknown(`content stream ${page.contents.id} of a background is none that can be copied`);
  const prefix = beginDocument();
  const copier = new ObjectCopier(mendFonts(read.objects), pages);
  const numbers = copier.copy(prefix, page);
  const entries = ObjectCopier.renumber(page, numbers)
    .replace(/\/Type\s*\/Page(?![A-Za-z])/, '/Type /XObject\n/Subtype /Form')
    .replace(/\/MediaBox(?![A-Za-z])/, '/BBox');
  const form = prefix.writeStream(`<<${entries}\n${filter}>>`, { bytes: stream, digest: copier.digest(stream) });
  return { prefix: prefix.asPrefix(), form, box: page.box };
}
