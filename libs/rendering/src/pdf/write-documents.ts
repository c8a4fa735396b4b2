import { beginDocument } from './begin-document.ts';
import { embedFile } from './embed-file.ts';
import { mendFonts } from './mend-fonts.ts';
import { ObjectCopier } from './object-copier.ts';
import type { PageLabel } from './page-label.ts';
import { type PageMarks, pageMarks } from './page-marks.ts';
import { pageTags } from './page-tags.ts';
import { PdfAssembly } from './pdf-assembly.ts';
import type { PdfDocument } from './pdf-document.ts';
import { PdfUnknown } from './pdf-unknown.ts';
import { qrOperators } from './qr-operators.ts';
import type { Background } from './read-background.ts';
import { type PdfPage, readPages } from './read-pages.ts';
import { readPdf } from './read-pdf.ts';
import { StreamDeflater } from './stream-deflater.ts';
import { type Spoken, writeStructure } from './structure-tree.ts';
import { textString } from './text-string.ts';
import { xmpPacket } from './xmp-packet.ts';

const PRODUCER = 'Laurel';
const plain = beginDocument().asPrefix();

/** What the documents of a run have in common. */
interface Shared {
  readonly copier: ObjectCopier;
  readonly deflater: StreamDeflater;
  readonly background: Background | undefined;
}

/**
 * Cuts the browser's PDF of a print run into one document for each page, one at a time and in order, and makes each complete (PDF/A-3b and PDF/UA-1): on the background, if one is given, the page's own
 * content; its texts tagged, all else an artifact; the QR code as outlines; title, language and the attachment. Nothing of another page is in it, and no clock, chance or host: the same call
 * gives the same bytes. Throws PdfUnknown for every PDF of another make, and where the marks of a page are not those of its label.
 */
export function* writeDocuments(
  run: Buffer,
  background: Background | undefined,
  labels: readonly PageLabel[],
): Generator<PdfDocument, void> {
  const read = readPdf(run);
  const pages = readPages(read);
  if (pages.length !== labels.length)
    throw new PdfUnknown(`it has ${pages.length} pages for ${labels.length} certificates`);
  const shared: Shared = {
    copier: new ObjectCopier(mendFonts(read.objects), pages),
    deflater: new StreamDeflater(),
    background,
  };
  for (const [index, label] of labels.entries()) {
    const page = pages[index];
    if (page === undefined) throw new PdfUnknown(`page ${index} is not there`);
    if (background !== undefined && background.box !== page.box)
      throw new PdfUnknown(`its page is [${page.box}] and that of its background [${background.box}]`);
    yield writeDocument(page, shared, label);
  }
}

function writeDocument(page: PdfPage, shared: Shared, label: PageLabel): PdfDocument {
  const { copier, deflater, background } = shared;
  const pdf = new PdfAssembly(background?.prefix ?? plain);
  const tags = pageTags(label.texts);
  const own = tags.filter((_, text) => label.texts[text]?.isShared !== true);
  const known = background?.shared?.parents ?? new Map<number, number>();
  // The page itself has the number 0, the forms of the shared layer the next ones.
  const first = background?.shared?.onPage ?? 0;
  const marked = pageMarks(page, own, { copier, deflater, first, firstParent: 1 + known.size });
  const numbers = copier.copy(pdf, page, marked.changed);
  const content = writeContent(pdf, marked, shared, label);
  const number = pdf.reserve();
  const tree = pdf.reserve();
  pdf.write(`<</Type /Pages\n/Count 1\n/Kids [${number} 0 R]>>`, tree);
  const entries = ObjectCopier.renumber(withBackground(page, background), numbers);
  pdf.write(`<<${entries}\n/Parent ${tree} 0 R\n/Contents [${content}]\n/StructParents 0\n/Tabs /S>>`, number);

  const language = languageOf(label.language);
  const structure = writeStructure(pdf, {
    page: number,
    spoken: spokenOf(label, tags, marked, numbers, background),
    parents: new Map([
      [undefined, 0],
      ...known,
      ...[...marked.parents].map(([form, parent]) => [numbers.get(form), parent] as const),
    ]),
    language: textString(language),
  });
  const title = titleOf(label.title);
  const xmp = xmpPacket(title, language);
  const metadata = pdf.writeStream(`<</Type /Metadata\n/Subtype /XML\n/Length ${xmp.length}>>`, {
    bytes: xmp,
    // It says what is said beside it.
    digest: '',
  });
  const file = label.attachment === undefined ? '' : embedFile(pdf, label.attachment);
  const intent =
    '<</Type /OutputIntent\n/S /GTS_PDFA1\n/OutputConditionIdentifier (sRGB)\n/Info (sRGB IEC61966-2.1)\n/DestOutputProfile 1 0 R>>';
  const catalog = pdf.write(
    `<</Type /Catalog\n/Pages ${tree} 0 R\n/Lang ${textString(language)}\n/ViewerPreferences <</DisplayDocTitle true>>\n/MarkInfo <</Marked true>>\n/StructTreeRoot ${structure} 0 R\n/Metadata ${metadata} 0 R\n/OutputIntents [${intent}]\n${file}>>`,
  );
  const info = pdf.write(`<</Title ${textString(title)}\n/Producer (${PRODUCER})>>`);
  return pdf.finish(`/Root ${catalog} 0 R\n/Info ${info} 0 R`);
}

/** What the page draws, as one or several streams, and what of it the page has to name. */
function writeContent(
  pdf: PdfAssembly,
  { parts: [before, texts, after], texts: { length: count } }: PageMarks,
  { background, deflater }: Shared,
  { qr }: PageLabel,
): string {
  const { shared } = background ?? {};
  const under = background === undefined || shared !== undefined ? '' : '/Artifact BMC\nq\n/Bg Do\nQ\nEMC\n';
  const code =
    qr === undefined
      ? ''
      : `/Figure <</MCID ${(shared?.onPage ?? 0) + count}>> BDC\n${qrOperators(qr.drawing, qr.matrix)}EMC\n`;
  // What the browser writes begins with its units, and no q.
  const streams = deflater.deflate([`${under}q\n${before}`, texts, `${after}Q\n${code}`]);
  const own = streams.map((stream) =>
    pdf.writeStream(`<</Filter /FlateDecode\n/Length ${stream.bytes.length}>>`, stream),
  );
  return [...(shared === undefined ? [] : [shared.content]), ...own].map((number) => `${number} 0 R`).join(' ');
}

/** The page with what lies under it among its resources. */
function withBackground({ id, text, refs }: PdfPage, background: Background | undefined) {
  if (background === undefined) return { text, refs };
  const named = new Map(background.shared?.resources);
  named.set('XObject', `/Bg ${background.form} 0 R\n${named.get('XObject') ?? ''}`);
  const pieces = [...text];
  const put = (after: RegExp, made: string) => {
    const at = pieces.findIndex((piece) => after.test(piece));
    pieces[at] = (pieces[at] ?? '').replace(after, (found) => found + made);
    return at >= 0;
  };
  for (const [kind, entries] of named)
    if (!put(new RegExp(`/${kind}\\s*<<`), `${entries}\n`) && !put(/\/Resources\s*<</, `/${kind} <<${entries}>>\n`))
      throw new PdfUnknown(`page ${id} has no resources of its own`);
  return { text: pieces, refs };
}

/** What is said, in reading order; the QR code last. */
function spokenOf(
  { texts, qr }: PageLabel,
  tags: readonly Spoken['tag'][],
  marked: PageMarks,
  numbers: ReadonlyMap<number, number>,
  background: Background | undefined,
): Spoken[] {
  const spoken: Spoken[] = [];
  const shared = texts.flatMap(({ isShared }, text) => (isShared === true ? [text] : []));
  const { places = [] } = background?.shared ?? {};
  if (shared.length !== places.length)
    throw new PdfUnknown(`${shared.length} of its texts stand in a shared layer that has ${places.length}`);
  shared.forEach((text, at) => {
    spoken[text] = { tag: tags[text] ?? 'P', text: texts[text]?.text ?? '', mcid: 0, ...places[at] };
  });
  const own = texts.flatMap(({ isShared }, text) => (isShared === true ? [] : [text]));
  const first = background?.shared?.onPage ?? 0;
  const take = (places: readonly number[], form: number | undefined) =>
    places.forEach((mark, at) => {
      const mcid = form === undefined ? first + at : at;
      const text = own[mark] ?? 0;
      spoken[text] = {
        tag: tags[text] ?? 'P',
        text: texts[text]?.text ?? '',
        mcid,
        ...(form !== undefined && { form }),
      };
    });
  take(marked.texts, undefined);
  for (const [id, inside] of marked.forms) take(inside.texts, numbers.get(id));
  if (qr === undefined) return spoken;
  const { size } = qr.drawing;
  const [a, b, c, d, e, f] = qr.matrix;
  const xs = [e, e + a * size, e + c * size, e + (a + c) * size];
  const ys = [f, f + b * size, f + d * size, f + (b + d) * size];
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map((at) => Number(at.toFixed(2)));
  return [...spoken, { tag: 'Figure', text: qr.says, mcid: first + marked.texts.length, box }];
}

// What XML does not know (XML 1.0, 2.2), and what is a line break or none.
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const UNTITLED = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]+/g;
const LONGEST_TITLE = 1000;

/** A title on one line, which a reader shows in its window's frame. */
function titleOf(title: string): string {
  const clean = title.slice(0, LONGEST_TITLE).toWellFormed().replace(UNTITLED, ' ').trim();
  return clean === '' ? 'Certificate' : clean;
}

/** BCP 47, or that it is not known. */
const languageOf = (language: string) => (/^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/.test(language) ? language : 'und');
