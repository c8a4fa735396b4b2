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
  /** What the pages of a run have in common beside it: see read-award-layer.ts. */
  readonly shared?: SharedLayer;
}

/** A layer between the background and what differs from page to page. */
export interface SharedLayer {
  /** The number of the stream that draws it, with the background under it. */
  readonly content: number;
  /** What that names, by the kind of resource, as entries of a dictionary. */
  readonly resources: ReadonlyMap<string, string>;
  /** Where its texts stand, in reading order: the n-th is the n-th shared text of each page. */
  readonly places: readonly { readonly form?: number; readonly mcid: number }[];
  /** So many of them stand in no form: their MCIDs are the first of the page. */
  readonly onPage: number;
  /** By the number of each of its forms with texts, the number by which it names itself in the structure. */
  readonly parents: ReadonlyMap<number, number>;
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
