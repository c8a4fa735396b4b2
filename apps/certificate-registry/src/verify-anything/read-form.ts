import { Problem } from '@laurel/service-kit';
import type { FormFault } from '../verify-page/page-wording.ts';
import type { Presented } from './presented.ts';

type Value = string | File;

const fields = ['text', 'file'] as const;
const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');
const details: Readonly<Record<FormFault, string>> = {
  empty: 'The form is empty: fill in text or file.',
  both: 'The form has both text and file: fill in one of them.',
  large: 'The file is larger than 5 MB.',
  kind: 'The file is no PDF, PNG, JSON or JWT: send the certificate as it was downloaded.',
  broken: 'The body is no multipart/form-data with the fields text and file, each once, or it is not complete.',
};

/**
 * Reads the form of the verify page (RFC 7578): `text` or `file`, the other one left out or empty, as browsers send it. It is read in
 * memory, and what it is told by its first bytes: browsers name the type of a file by its ending.
 *
 * @param contentType with its boundary
 * @throws {Problem} 400 or 415, whose code is `form-` and a {@link FormFault}
 */
export async function readForm(bytes: Buffer, contentType: string | undefined): Promise<Presented> {
  const entries = await entriesOf(bytes, contentType ?? '');
  const values = fields.map((name) => entries.filter(([each]) => each === name).map(([, value]) => value));
  const [[text = '', secondText], [file = '', secondFile]] = values as [Value[], Value[]];
  const isForm = entries.every(([name]) => (fields as readonly string[]).includes(name));
  if (!isForm || typeof text !== 'string' || secondText !== undefined || secondFile !== undefined)
    throw fault('broken');
  const content = typeof file === 'string' ? Buffer.from(file) : Buffer.from(await file.arrayBuffer());
  const pasted = text.trim();
  if (pasted !== '' && content.length > 0) throw fault('both');
  if (pasted !== '') return { text: pasted };
  if (content.length === 0) throw fault('empty');
  if (content.subarray(0, 5).equals(Buffer.from('%PDF-'))) return { mediaType: 'application/pdf', bytes: content };
  if (content.subarray(0, 8).equals(pngSignature)) return { mediaType: 'image/png', bytes: content };
  return { text: textOf(content) };
}

async function entriesOf(bytes: Buffer, contentType: string): Promise<[string, Value][]> {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  const delimiter = `--${boundary?.[1] ?? boundary?.[2] ?? ''}`;
  // One before each field and one at the end: nobody makes us read more.
  if (!boundary || countOf(delimiter, bytes, fields.length + 2) > fields.length + 1) throw fault('broken');
  try {
    const headers = { 'content-type': contentType };
    return [...(await new Response(new Uint8Array(bytes), { headers }).formData())];
  } catch (error) {
    if (error instanceof TypeError) throw fault('broken');
    throw error;
  }
}

/** @param most where counting ends */
function countOf(delimiter: string, bytes: Buffer, most: number): number {
  let count = 0;
  for (let at = bytes.indexOf(delimiter); at >= 0 && count < most; at = bytes.indexOf(delimiter, at + 1)) count++;
  return count;
}

function textOf(bytes: Buffer): string {
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch (error) {
    if (error instanceof TypeError) throw fault('kind');
    throw error;
  }
  if (text === '') throw fault('empty');
  // A web page, or a drawing.
  if (text.startsWith('<')) throw fault('kind');
  return text;
}

function fault(what: FormFault): Problem {
  return new Problem(what === 'kind' ? 415 : 400, { code: `form-${what}`, detail: details[what] });
}
