import type { PdfObject } from './pdf-object.ts';
import { PdfUnknown } from './pdf-unknown.ts';

/** The objects of a PDF by number, and the number of its catalog. */
export interface ReadPdf {
  readonly objects: ReadonlyMap<number, PdfObject>;
  readonly root: number;
}

/**
 * Reads a PDF as the browser writes it (ISO 32000-1, 7.5: header, objects, one classic cross-reference table, trailer) and refuses everything
 * else: cross-reference streams, object streams, updates, encryption, objects of a generation, indirect lengths.
 */
export function readPdf(pdf: Buffer): ReadPdf {
  if (!pdf.subarray(0, 8).toString('latin1').startsWith('%PDF-1.'))
    throw new PdfUnknown('it does not begin with %PDF-1.');
  const tail = pdf.subarray(Math.max(0, pdf.length - 2048)).toString('latin1');
  const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)?.[1];
  if (start === undefined) throw new PdfUnknown('it does not end with startxref and %%EOF');
  const table = pdf.subarray(Number(start)).toString('latin1');
  const head = /^xref\s+0 (\d+)\s+/.exec(table);
  if (head?.[1] === undefined) throw new PdfUnknown('it has no classic cross-reference table from object 0 on');
  const count = Number(head[1]);
  const trailerAt = head[0].length + count * 20;
  const trailer = /^trailer\s*(<<[^]*>>)\s*startxref/.exec(table.slice(trailerAt))?.[1];
  if (trailer === undefined) throw new PdfUnknown('no trailer follows its one cross-reference table');
  if (/\/(?:Prev|Encrypt|XRefStm)\b/.test(trailer)) throw new PdfUnknown('it is encrypted or was updated');
  const size = /\/Size (\d+)/.exec(trailer)?.[1];
  if (Number(size) !== count) throw new PdfUnknown(`its trailer counts ${size ?? 'no'} objects and its table ${count}`);
  const root = /\/Root (\d+) 0 R/.exec(trailer)?.[1];
  if (root === undefined) throw new PdfUnknown('its trailer names no catalog');
  const objects = new Map<number, PdfObject>();
  for (let id = 1; id < count; id++) {
    const entry = table.slice(head[0].length + id * 20, head[0].length + id * 20 + 20);
    const used = /^(\d{10}) (\d{5}) ([nf])/.exec(entry);
    if (used === null) throw new PdfUnknown(`entry ${id} of its table is no entry`);
    if (used[3] === 'f') continue;
    if (used[2] !== '00000') throw new PdfUnknown(`object ${id} has a generation`);
    objects.set(id, readObject(pdf, id, Number(used[1])));
  }
  return { objects, root: Number(root) };
}

function readObject(pdf: Buffer, id: number, at: number): PdfObject {
  const head = `${id} 0 obj`;
  if (pdf.subarray(at, at + head.length).toString('latin1') !== head)
    throw new PdfUnknown(`object ${id} does not stand where its table says`);
  const begin = at + head.length;
  let near = pdf.subarray(begin, begin + 4096).toString('latin1');
  let end = endOfValue(near);
  if (end === undefined) {
    near = pdf.subarray(begin).toString('latin1');
    end = endOfValue(near);
  }
  if (end === undefined) throw new PdfUnknown(`object ${id} does not end`);
  const value = near.slice(0, end).trim();
  const { text, refs } = cutAtReferences(value);
  const rest = near.slice(end, end + 32);
  if (/^\s*endobj/.test(rest)) return { id, text, refs, stream: undefined };
  const opening = /^\s*stream\r?\n/.exec(rest);
  if (opening === null) throw new PdfUnknown(`object ${id} is followed by neither a stream nor endobj`);
  const length = /\/Length (\d+)(?! \d+ R)/.exec(value)?.[1];
  if (length === undefined) throw new PdfUnknown(`the stream of object ${id} has no direct length`);
  const streamAt = begin + end + opening[0].length;
  const streamEnd = streamAt + Number(length);
  const closing = /^\r?\n?endstream\s+endobj/.exec(pdf.subarray(streamEnd, streamEnd + 24).toString('latin1'));
  if (closing === null) throw new PdfUnknown(`the stream of object ${id} is longer or shorter than its length`);
  return { id, text, refs, stream: pdf.subarray(streamAt, streamEnd) };
}

/** Where the value of an object ends: strings, comments and nesting are respected. */
function endOfValue(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '(') {
      at = endOfString(text, at);
      if (at < 0) return undefined;
    } else if (sign === '%') {
      throw new PdfUnknown('a comment stands inside an object');
    } else if (sign === '[' || (sign === '<' && text[at + 1] === '<')) {
      depth += 1;
      if (sign === '<') at += 1;
    } else if (sign === ']' || (sign === '>' && text[at + 1] === '>')) {
      depth -= 1;
      if (sign === '>') at += 1;
    } else if (sign === '<') {
      at = text.indexOf('>', at);
      if (at < 0) return undefined;
    } else if (depth === 0 && (text.startsWith('endobj', at) || text.startsWith('stream', at))) {
      return at;
    }
  }
  return undefined;
}

function endOfString(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '(') depth += 1;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return -1;
}

function cutAtReferences(value: string): { text: string[]; refs: number[] } {
  const text: string[] = [];
  const refs: number[] = [];
  const reference = /(\d+) (\d+) R(?![A-Za-z0-9])/y;
  let from = 0;
  let at = 0;
  while (at < value.length) {
    const sign = value[at] ?? '';
    if (sign === '(') {
      at = endOfString(value, at) + 1;
    } else if (sign === '<' && value[at + 1] !== '<') {
      at = value.indexOf('>', at) + 1;
    } else if (sign >= '0' && sign <= '9') {
      reference.lastIndex = at;
      const found = reference.exec(value);
      if (found === null) {
        while (/[0-9.]/.test(value[at] ?? '')) at += 1;
      } else {
        if (found[2] !== '0') throw new PdfUnknown(`a reference has the generation ${found[2]}`);
        text.push(value.slice(from, at));
        refs.push(Number(found[1]));
        at += found[0].length;
        from = at;
      }
    } else if (sign === '<' || sign === '>') {
      at += 2;
    } else if (/[A-Za-z/_]/.test(sign)) {
      // A name or a keyword, with the digits in it.
      at += 1;
      while (/[A-Za-z0-9_+\-.#]/.test(value[at] ?? '')) at += 1;
    } else {
      at += 1;
    }
  }
  text.push(value.slice(from));
  return { text, refs };
}
