import type { PdfObject } from './pdf-object.ts';
import { PdfUnknown } from './pdf-unknown.ts';
import type { ReadPdf } from './read-pdf.ts';

/** A page of the browser without what ties it to other pages. */
export interface PdfPage {
  readonly id: number;
  /** Its own entries, but for its parent, its content and its tags: cut at the references, without `<<` and `>>`. */
  readonly text: readonly string[];
  readonly refs: readonly number[];
  /** Its boxes, as they are written. */
  readonly box: string;
  readonly contents: PdfObject;
}

const PAGE_KEYS = new Set(['Type', 'Resources', 'MediaBox', 'Contents', 'Parent', 'StructParents', 'Tabs', 'Group']);
const MOST_DEEP = 20;

/** The pages of a PDF in order. Throws PdfUnknown for what the browser does not write: inherited or unknown entries, annotations, several content streams. */
export function readPages({ objects, root }: ReadPdf): PdfPage[] {
  const find = (id: number) => {
    const object = objects.get(id);
    if (object === undefined) throw new PdfUnknown(`object ${id} is named and not there`);
    return object;
  };
  const pages: PdfPage[] = [];
  const walk = (node: PdfObject, depth: number) => {
    if (depth > MOST_DEEP) throw new PdfUnknown(`its page tree is deeper than ${MOST_DEEP}`);
    const text = node.text.join('0 0 R');
    if (/\/Type\s*\/Page(?![A-Za-z])/.test(text)) return void pages.push(readPage(node, find));
    if (!/\/Type\s*\/Pages(?![A-Za-z])/.test(text))
      throw new PdfUnknown(`object ${node.id} of the page tree is neither a page nor a node`);
    if (/\/(?:Resources|MediaBox|CropBox|Rotate)\b/.test(text))
      throw new PdfUnknown(`node ${node.id} of the page tree hands something down to its pages`);
    for (const kid of kidsOf(node)) walk(find(kid), depth + 1);
  };
  walk(find(reference(find(root), 'Pages').id), 0);
  return pages;
}

function reference(object: PdfObject, key: string): { at: number; id: number } {
  const at = object.text.findIndex((text) => text.endsWith(`/${key} `));
  const id = at < 0 ? undefined : object.refs[at];
  if (id === undefined) throw new PdfUnknown(`object ${object.id} has no /${key}`);
  return { at, id };
}

function kidsOf(node: PdfObject): readonly number[] {
  const first = node.text.findIndex((text) => /\/Kids\s*\[\s*$/.test(text));
  if (first < 0) throw new PdfUnknown(`node ${node.id} of the page tree has no kids`);
  const last = node.text.findIndex((text, at) => at > first && text.trimStart().startsWith(']'));
  if (last < 0) throw new PdfUnknown(`the kids of node ${node.id} do not end`);
  return node.refs.slice(first, last);
}

function readPage(page: PdfObject, find: (id: number) => PdfObject): PdfPage {
  const keys = topKeys(page.text.join('0 0 R'));
  if (keys.includes('Annots')) throw new PdfUnknown(`page ${page.id} has annotations`);
  for (const key of keys)
    if (!PAGE_KEYS.has(key)) throw new PdfUnknown(`page ${page.id} has the entry /${key}, which is not known`);
  const box = /\/MediaBox\s*\[([^\]]*)\]/.exec(page.text.join(' '))?.[1]?.trim();
  if (box === undefined) throw new PdfUnknown(`page ${page.id} has no box`);
  const contents = find(reference(page, 'Contents').id);
  const text = [...page.text];
  const refs = [...page.refs];
  for (const key of ['Contents', 'Parent']) {
    const { at } = reference({ ...page, text, refs }, key);
    refs.splice(at, 1);
    text.splice(at, 2, `${(text[at] ?? '').slice(0, -`/${key} `.length)}${text[at + 1] ?? ''}`);
  }
  const free = text.map((piece) => piece.replace(/\/StructParents \d+\s*/, '').replace(/\/Tabs \/\w+\s*/, ''));
  free[0] = (free[0] ?? '').replace(/^<<\s*/, '');
  free.push((free.pop() ?? '').replace(/>>\s*$/, ''));
  return { id: page.id, text: free, refs, box, contents };
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
