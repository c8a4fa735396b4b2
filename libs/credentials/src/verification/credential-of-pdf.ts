import { maxTokenBytes } from '../signing/max-token-bytes.ts';
import type { PresentedCredential } from './presented-credential.ts';
import type { RefusalCode } from './refusal-codes.ts';

const end = /startxref\n(\d{1,10})\n%%EOF\n?$/;
const tableHead = /^xref\n0 (\d{1,7})\n0000000000 65535 f \n/;
const tableRow = /^(\d{10}) 00000 n \n$/;
const rowBytes = 20;
// Ours have some hundreds.
const maxObjects = 10_000;
const objectHead = /^(\d{1,7}) 0 obj\n/;
const attachment =
  /^<<\/Type \/EmbeddedFile\n\/Subtype \/[\w+.#-]+\n\/Params <<\/Size (\d{1,9})\n\/ModDate \(D:\d{14}Z\)>>\n\/Length (\d{1,9})>>\nstream\n$/;
const attached = named('EmbeddedFile');
const outsideOrPacked = named('Filter', 'F');
const holdsObjects = named('ObjStm', 'XRef');
const addsObjects = named('Prev', 'XRefStm', 'Encrypt');

/**
 * Takes the credential out of a PDF as Laurel writes it: one cross-reference table, and one attached file, stored as it is,
 * that is the source of the document (`/AFRelationship /Source`).
 *
 * It reads where the table says that objects stand, as every viewer does, and no other form: of a document that another
 * program has saved, two readers could see two things. It inflates nothing, so a file costs what its length costs.
 */
export function credentialOfPdf(pdf: Buffer): PresentedCredential {
  if (pdf.toString('latin1', 0, 7) !== '%PDF-1.') return refused('not-as-issued', 'it is no PDF file');
  const ended = end.exec(pdf.toString('latin1', Math.max(0, pdf.length - 64)));
  if (!ended) return refused('cut-off', 'the PDF file does not end as one: it may be cut off');
  const table = Number(ended[1]);
  const offsets = readTable(pdf, table);
  if (!offsets) return changed();

  const dictionaries = dictionariesOf(pdf, offsets, table);
  if (!dictionaries) return changed();
  const files = dictionaries.filter(({ text }) => attached.test(text));
  const [file] = files;
  if (!file) return refused('no-credential', 'no credential is attached to the PDF file');
  if (files.length > 1) return refused('several-credentials', 'more than one file is attached to the PDF file');
  if (outsideOrPacked.test(file.text)) {
    return refused('compressed', 'the credential in the PDF file is compressed, which none of ours is');
  }
  const [, size, length] = attachment.exec(file.text) ?? [];
  const source = `/AFRelationship /Source\n/EF <</F ${file.number} 0 R\n/UF ${file.number} 0 R>>>>`;
  const isSource = dictionaries.filter(({ text }) => text.includes(source)).length === 1;
  if (size === undefined || size !== length || !isSource) return changed();
  if (Number(size) > maxTokenBytes) {
    return refused('too-long', `the credential in the PDF file is longer than ${maxTokenBytes} bytes`);
  }
  const behind = file.stream + Number(size);
  const tail = '\nendstream\nendobj\n';
  if (pdf.toString('latin1', behind, behind + tail.length) !== tail) return changed();
  // A byte that is none of a token stays one.
  return { ok: true, credential: pdf.toString('latin1', file.stream, behind) };
}

/** Where objects 1, 2, 3 and so on begin; undefined where it is not the one table of a document that nobody has added to. */
function readTable(pdf: Buffer, at: number): number[] | undefined {
  const head = tableHead.exec(pdf.toString('latin1', at, at + 64));
  if (!head) return undefined;
  const count = Number(head[1]) - 1;
  if (count > maxObjects) return undefined;
  const first = at + head[0].length;
  const trailer = first + count * rowBytes;
  if (trailer > pdf.length || pdf.toString('latin1', trailer, trailer + 8) !== 'trailer\n') return undefined;
  // An earlier table, or one beside this, would have objects of its own.
  if (addsObjects.test(pdf.toString('latin1', trailer))) return undefined;
  const offsets: number[] = [];
  for (let row = first; row < trailer; row += rowBytes) {
    const offset = tableRow.exec(pdf.toString('latin1', row, row + rowBytes))?.[1];
    if (offset === undefined || Number(offset) >= at) return undefined;
    offsets.push(Number(offset));
  }
  return offsets;
}

interface Dictionary {
  readonly number: number;
  /** From behind the head of the object up to its stream, or to its end. */
  readonly text: string;
  /** Where its stream begins, if it has one. */
  readonly stream: number;
}

/** What stands before the streams. Undefined where an object is not where the table says, or may hold others. */
function dictionariesOf(pdf: Buffer, offsets: readonly number[], table: number): Dictionary[] | undefined {
  const order = offsets.map((offset, index) => ({ offset, number: index + 1 })).sort((a, b) => a.offset - b.offset);
  const dictionaries: Dictionary[] = [];
  for (const [index, { offset, number }] of order.entries()) {
    // Every byte belongs to one object, so that reading all of them takes the time of the file.
    const next = order[index + 1]?.offset ?? table;
    const head = objectHead.exec(pdf.toString('latin1', offset, offset + 16));
    if (!head || Number(head[1]) !== number || next <= offset) return undefined;
    const begin = offset + head[0].length;
    const found = pdf.subarray(begin, next).indexOf('stream\n');
    const stream = found < 0 ? next : begin + found + 'stream\n'.length;
    const text = pdf.toString('latin1', begin, stream);
    if (holdsObjects.test(text)) return undefined;
    dictionaries.push({ number, text, stream });
  }
  return dictionaries;
}

/** Finds any of these names, whichever of their characters are written by their number (ISO 32000-1, 7.3.5). */
function named(...all: readonly string[]): RegExp {
  const written = all.map((name) => name.replace(/./g, (letter) => `(?:${letter}|#${hexOf(letter)})`));
  return new RegExp(`/(?:${written.join('|')})(?=[\\s/<>()\\[\\]{}%\\0]|$)`);
}

function hexOf(letter: string): string {
  const code = letter.charCodeAt(0).toString(16);
  return code.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

const changed = () =>
  refused('not-as-issued', 'the PDF file is not as Laurel writes them: another program may have saved it');

const refused = (code: RefusalCode, reason: string): PresentedCredential => ({ ok: false, code, reason });
