import { contentOf } from './content-of.ts';
import { type Forms, markContent, type MarkedContent, type MarkedPage } from './mark-content.ts';
import type { ObjectCopier } from './object-copier.ts';
import type { PdfObject } from './pdf-object.ts';
import { PdfUnknown } from './pdf-unknown.ts';
import type { PdfPage } from './read-pages.ts';
import { skipMissingGlyphs } from './skip-missing-glyphs.ts';
import type { StreamDeflater } from './stream-deflater.ts';

/** The content of a page of the browser with its marks as marked content, and what of its forms changed by that. */
export interface PageMarks extends MarkedPage {
  /** The forms in which texts stand, written anew; each names itself in the structure by its number from `firstParent` on. */
  readonly changed: ReadonlyMap<number, PdfObject>;
  /** By the form's object, the number by which it names itself. */
  readonly parents: ReadonlyMap<number, number>;
}

interface MarksBegin {
  readonly copier: ObjectCopier;
  readonly deflater: StreamDeflater;
  /** The MCID of the page's first text, */
  readonly first: number;
  /** and the number by which its first form with texts names itself in the structure. */
  readonly firstParent: number;
}

/** Marks what a page says. `tags` are those of its texts, without one for each that stands elsewhere. Throws PdfUnknown. */
export function pageMarks(
  page: PdfPage,
  tags: readonly (string | undefined)[],
  { copier, deflater, first, firstParent }: MarksBegin,
): PageMarks {
  const marked = markContent(
    skipMissingGlyphs(contentOf(page.contents), (font) => gapOf(font, page, copier)),
    tags,
    formsOf(page, copier),
    first,
  );
  const parents = new Map([...marked.forms.keys()].map((form, at) => [form, firstParent + at]));
  const changed = new Map(
    [...marked.forms].map(([id, inside]) => [id, changedForm(copier.find(id), inside, parents.get(id) ?? 0, deflater)]),
  );
  return { ...marked, parents, changed };
}

function changedForm(form: PdfObject, { parts }: MarkedContent, parent: number, deflater: StreamDeflater): PdfObject {
  const stream = Buffer.concat(deflater.deflate([parts.join('')]).map(({ bytes }) => bytes));
  const text = form.text.map((piece) =>
    piece
      .replace(/\/Filter\s*\/FlateDecode\s*/, '')
      .replace(/\/Length \d+/, `/StructParents ${parent}\n/Filter /FlateDecode\n/Length ${stream.length}`),
  );
  return { ...form, text, stream };
}

/** What a page or a form calls by this name. */
function named(name: string, { text, refs }: Pick<PdfObject, 'text' | 'refs'>, copier: ObjectCopier): PdfObject {
  const id = refs[text.findIndex((piece) => piece.endsWith(`/${name} `))];
  if (id === undefined) throw new PdfUnknown(`a page draws /${name}, which its resources do not name`);
  return copier.find(id);
}

/** The width of a font's glyph 0 in thousandths of its size (ISO 32000-1, 9.7.4.3). */
function gapOf(font: string, page: PdfPage, copier: ObjectCopier): number {
  const descendant = copier.find(named(font, page, copier).refs[0] ?? 0).text.join('');
  const width = /\/W \[0 \[(-?[\d.]+)/.exec(descendant) ?? /\/DW (-?[\d.]+)/.exec(descendant);
  return Number(width?.[1] ?? 1000);
}

function formsOf(resources: Pick<PdfObject, 'text' | 'refs'>, copier: ObjectCopier): Forms {
  return (name) => {
    const object = named(name, resources, copier);
    if (!/\/Subtype\s*\/Form(?![A-Za-z])/.test(object.text.join(''))) return undefined;
    return { id: object.id, read: () => contentOf(object), forms: formsOf(object, copier) };
  };
}
