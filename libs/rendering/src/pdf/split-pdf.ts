import { createHash } from 'node:crypto';
import type { PdfObject } from './pdf-object.ts';
import { PdfUnknown } from './pdf-unknown.ts';
import { readPdf } from './read-pdf.ts';

/** What is written about one document beside its page. */
export interface PdfLabel {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
}

const HEADER = Buffer.from('%PDF-1.4\n%\xE2\xE3\xCF\xD3\n', 'latin1');
const PAGE_KEYS = new Set([
  'Type',
  'Resources',
  'MediaBox',
  'Contents',
  'Parent',
  'StructParents',
  'Tabs',
  'Annots',
  'Group',
]);

/**
 * Cuts a PDF of the browser into its pages, one document each, in order: the objects that a page reaches, numbered anew from 1, streams untouched.
 * No clock and no chance enter: the identifier of a document is derived from its bytes. Throws PdfUnknown for every PDF of another make.
 */
export function splitPdf(pdf: Buffer, labels: readonly PdfLabel[]): Buffer[] {
  const { objects, root } = readPdf(pdf);
  const find = (id: number) => {
    const object = objects.get(id);
    if (object === undefined) throw new PdfUnknown(`object ${id} is named and not there`);
    return object;
  };
  const pages = pagesOf(find(reference(find(root), 'Pages')), find);
  if (pages.length !== labels.length)
    throw new PdfUnknown(`it has ${pages.length} pages for ${labels.length} certificates`);
  const isPage = new Set(pages.map((page) => page.id));
  return pages.map((page, index) => writeDocument(page, find, isPage, labels[index] ?? { title: '', language: 'en' }));
}

function reference(object: PdfObject, key: string): number {
  const at = object.text.findIndex((text) => text.endsWith(`/${key} `));
  const id = at < 0 ? undefined : object.refs[at];
  if (id === undefined) throw new PdfUnknown(`object ${object.id} has no /${key}`);
  return id;
}

const isOfType = (object: PdfObject, type: string) =>
  new RegExp(`/Type\\s*/${type}(?![A-Za-z])`).test(object.text.join('0'));

function pagesOf(node: PdfObject, find: (id: number) => PdfObject, depth = 0): PdfObject[] {
  if (depth > 20) throw new PdfUnknown('its page tree is deeper than 20');
  if (isOfType(node, 'Page')) return [node];
  if (!isOfType(node, 'Pages')) throw new PdfUnknown(`object ${node.id} of the page tree is neither a page nor a node`);
  if (/\/(?:Resources|MediaBox|CropBox|Rotate)\b/.test(node.text.join('')))
    throw new PdfUnknown(`node ${node.id} of the page tree hands something down to its pages`);
  const kids = node.text.findIndex((text) => /\/Kids\s*\[\s*$/.test(text));
  if (kids < 0) throw new PdfUnknown(`node ${node.id} of the page tree has no kids`);
  const found: PdfObject[] = [];
  for (let at = kids; at < node.refs.length; at++) {
    found.push(...pagesOf(find(node.refs[at] ?? 0), find, depth + 1));
    if (node.text[at + 1]?.trimStart().startsWith(']')) return found;
  }
  throw new PdfUnknown(`the kids of node ${node.id} do not end`);
}

/** The page's own entries without what ties it to the other pages. */
function entriesOf(page: PdfObject): { text: string[]; refs: number[] } {
  const text = [...page.text];
  const refs = [...page.refs];
  const keys = topKeys(text.join('0 0 R'));
  for (const key of keys)
    if (!PAGE_KEYS.has(key)) throw new PdfUnknown(`page ${page.id} has the entry /${key}, which is not known`);
  if (keys.includes('Annots')) throw new PdfUnknown(`page ${page.id} has annotations`);
  const parent = text.findIndex((piece) => piece.endsWith('/Parent '));
  if (parent < 0) throw new PdfUnknown(`page ${page.id} has no parent`);
  refs.splice(parent, 1);
  text.splice(parent, 2, `${(text[parent] ?? '').slice(0, -'/Parent '.length)}${text[parent + 1] ?? ''}`);
  const free = text.map((piece) => piece.replace(/\/StructParents \d+\s*/, '').replace(/\/Tabs \/\w+\s*/, ''));
  free[0] = (free[0] ?? '').replace(/^<<\s*/, '');
  return { text: free, refs };
}

/** The keys of a dictionary, not those of the dictionaries in it. */
function topKeys(dictionary: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  let isKey = true;
  for (const [token] of dictionary.matchAll(
    /<<|>>|\[|\]|\/[^\s/<>[\]()]+|\d+ \d+ R|[^\s/<>[\]()]+|\([^)]*\)|<[^<>]*>/g,
  )) {
    if (token === '<<' || token === '[') {
      depth += 1;
      isKey = depth === 1;
    } else if (token === '>>' || token === ']') {
      depth -= 1;
      isKey = depth === 1;
    } else if (depth === 1) {
      if (isKey) keys.push(token.slice(1));
      isKey = !isKey;
    }
  }
  return keys;
}

function writeDocument(
  page: PdfObject,
  find: (id: number) => PdfObject,
  isPage: ReadonlySet<number>,
  { title, language }: PdfLabel,
): Buffer {
  const entries = entriesOf(page);
  const numbers = new Map<number, number>();
  const wanted: PdfObject[] = [];
  const reach = (id: number) => {
    if (numbers.has(id)) return;
    if (isPage.has(id)) throw new PdfUnknown(`page ${page.id} leads to page ${id}`);
    numbers.set(id, numbers.size + 1);
    wanted.push(find(id));
  };
  entries.refs.forEach(reach);
  for (let at = 0; at < wanted.length; at++) wanted[at]?.refs.forEach(reach);
  const pieces: Buffer[] = [HEADER];
  const offsets: number[] = [];
  let length = HEADER.length;
  const write = (piece: Buffer) => {
    pieces.push(piece);
    length += piece.length;
  };
  const writeObject = (value: string, stream?: Buffer) => {
    offsets.push(length);
    const head = `${offsets.length} 0 obj\n${value}`;
    if (stream === undefined) return write(Buffer.from(`${head}\nendobj\n`, 'latin1'));
    write(Buffer.from(`${head}\nstream\n`, 'latin1'));
    write(stream);
    write(Buffer.from('\nendstream\nendobj\n', 'latin1'));
  };
  const valueOf = (text: readonly string[], refs: readonly number[]) =>
    text.map((piece, at) => (at < refs.length ? `${piece}${numbers.get(refs[at] ?? 0)} 0 R` : piece)).join('');
  for (const object of wanted) writeObject(valueOf(object.text, object.refs), object.stream);
  const first = wanted.length + 1;
  writeObject(`<</Parent ${first + 1} 0 R\n${valueOf(entries.text, entries.refs)}`);
  writeObject(`<</Type /Pages\n/Count 1\n/Kids [${first} 0 R]>>`);
  const viewer = '/ViewerPreferences <</DisplayDocTitle true>>';
  writeObject(`<</Type /Catalog\n/Pages ${first + 1} 0 R\n/Lang ${textString(language)}\n${viewer}>>`);
  writeObject(`<</Title ${textString(title)}\n/Producer (Laurel)>>`);
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  const id = hash.digest('hex').slice(0, 32).toUpperCase();
  const startxref = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `/Size ${offsets.length + 1}\n/Root ${first + 2} 0 R\n/Info ${first + 3} 0 R\n/ID [<${id}> <${id}>]`;
  write(
    Buffer.from(
      `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows}trailer\n<<${trailer}>>\nstartxref\n${startxref}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(pieces, length);
}

/** A text string (ISO 32000-1, 7.9.2.2): UTF-16 with its mark, in hexadecimal, so that nothing in it can end it. */
function textString(text: string): string {
  const bytes = Buffer.from(text.toWellFormed(), 'utf16le').swap16();
  return `<FEFF${bytes.toString('hex').toUpperCase()}>`;
}
