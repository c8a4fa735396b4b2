import { mendFonts } from './mend-fonts.ts';
import { ObjectCopier } from './object-copier.ts';
import { PdfAssembly } from './pdf-assembly.ts';
import type { PageLabel } from './page-label.ts';
import { pageMarks } from './page-marks.ts';
import { pageTags } from './page-tags.ts';
import { PdfUnknown } from './pdf-unknown.ts';
import type { Background } from './read-background.ts';
import { readPages } from './read-pages.ts';
import { readPdf } from './read-pdf.ts';
import { StreamDeflater } from './stream-deflater.ts';

/** The page itself has the number 0 in the structure. */
const FIRST_PARENT = 1;
/** What a page calls its resources, and where it does so; its tags (`/H1 <<`) are none of them. */
const NAME = /\/([A-Z][A-Za-z]*\d+) (?!<<)/g;
const KIND = /\/(ExtGState|XObject|Font|Pattern|Shading|ColorSpace)\s*<<([^<>]*)>>/g;

/**
 * Reads the browser's PDF of one page as a layer that pages of a run share, on their background: a stream that is the first of each page's content, with its texts tagged in it. No form: readers like
 * PDF.js find no tags in one. `texts` are those of such a page, of which the layer has those that are shared. Gives what `writeDocuments` takes as the background of these pages. Throws PdfUnknown.
 */
export function readAwardLayer(pdf: Buffer, background: Background, texts: PageLabel['texts']): Background {
  const read = readPdf(pdf);
  const pages = readPages(read);
  const [page] = pages;
  if (page === undefined || pages.length !== 1) throw new PdfUnknown(`a shared layer has ${pages.length} pages`);
  if (page.box !== background.box)
    throw new PdfUnknown(`a shared layer is [${page.box}] and its background [${background.box}]`);
  const assembly = new PdfAssembly(background.prefix);
  const copier = new ObjectCopier(mendFonts(read.objects), pages);
  const deflater = new StreamDeflater();
  const tags = pageTags(texts).map((tag, text) => (texts[text]?.isShared === true ? tag : undefined));
  const marks = pageMarks(page, tags, { copier, deflater, first: 0, firstParent: FIRST_PARENT });
  const numbers = copier.copy(assembly, page, marks.changed);
  const own = (content: string) => content.replace(NAME, '/S$1 ');
  const resources = new Map(
    [...ObjectCopier.renumber(page, numbers).matchAll(KIND)].map(([, kind = '', named = '']) => [kind, own(named)]),
  );
  const count = [...resources.values()].join(' ').match(/ \d+ 0 R/g)?.length ?? 0;
  if (count !== page.refs.length) throw new PdfUnknown(`the resources of page ${page.id} of a shared layer are others`);
  const drawn = `/Artifact BMC\nq\n/Bg Do\nQ\nEMC\nq\n${own(marks.parts.join(''))}Q\n`;
  const [stream] = deflater.deflate([drawn]);
  if (stream === undefined) throw new PdfUnknown('a shared layer draws nothing');
  const content = assembly.writeStream(`<</Filter /FlateDecode\n/Length ${stream.bytes.length}>>`, stream);
  const places: { text: number; form?: number; mcid: number }[] = marks.texts.map((text, mcid) => ({ text, mcid }));
  for (const [id, inside] of marks.forms)
    inside.texts.forEach((text, mcid) => places.push({ text, form: numbers.get(id) ?? 0, mcid }));
  return {
    ...background,
    prefix: assembly.asPrefix(),
    shared: {
      content,
      resources,
      places: places.sort((one, other) => one.text - other.text).map(({ text: _, ...place }) => place),
      onPage: marks.texts.length,
      parents: new Map([...marks.parents].map(([id, at]) => [numbers.get(id) ?? 0, at])),
    },
  };
}
