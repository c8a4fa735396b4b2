import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { maxTokenBytes } from '../signing/max-token-bytes.ts';
import { credentialOfPdf } from './credential-of-pdf.ts';

type Objects = (string | Buffer)[];

const catalog = '<</Type /Catalog\n/AF [3 0 R]\n/Names <</EmbeddedFiles <</Names [<FEFF0063> 3 0 R]>>>>>>';
const attached = (content: string, head = '<<', size = content.length) =>
  `${head}/Type /EmbeddedFile\n/Subtype /application#2Fvc+jwt\n/Params <</Size ${size}\n/ModDate (D:20260301120002Z)>>\n/Length ${size}>>\nstream\n${content}\nendstream`;
const sourceOf = (file: number) =>
  `<</Type /Filespec\n/F (credential.jwt)\n/UF <FEFF0063>\n/Desc <FEFF0063>\n/AFRelationship /Source\n/EF <</F ${file} 0 R\n/UF ${file} 0 R>>>>`;
const ours = (content = 'a.b.c'): Objects => [catalog, attached(content), sourceOf(2)];

/** A PDF of these objects, by number from 1, as Laurel's writer makes one. */
function pdf(objects: Objects, trailer = '/Root 1 0 R'): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  let length = 9;
  const rows = objects.map((object, index) => {
    const row = `${String(length).padStart(10, '0')} 00000 n \n`;
    const piece = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    pieces.push(piece);
    length += piece.length;
    return row;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size ${size}\n${trailer}>>\n`;
  return Buffer.concat([...pieces, Buffer.from(`${table}startxref\n${length}\n%%EOF\n`)]);
}

/** What unfolds to a thousand times as much. */
const bomb = () => {
  const packed = deflateSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
  return Buffer.concat([
    Buffer.from(`<</Filter /FlateDecode\n/Length ${packed.length}>>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ]);
};

describe('the credential of a PDF', () => {
  it.each<[string, () => Objects]>([
    ['as it was written', () => ours()],
    ['whatever its pages show', () => [...ours(), `<</Length 20>>\nstream\n/Type /EmbeddedFile \nendstream`]],
  ])('is what is attached: %s', (_, objects) => {
    expect(credentialOfPdf(pdf(objects()))).toEqual({ ok: true, credential: 'a.b.c' });
  });

  it('is taken out without inflating anything', () => {
    const document = pdf([...ours(), bomb()]);
    const before = process.memoryUsage().arrayBuffers;
    const used = process.threadCpuUsage();
    expect(credentialOfPdf(document)).toEqual({ ok: true, credential: 'a.b.c' });
    expect(process.threadCpuUsage(used).user / 1_000).toBeLessThan(1_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  const text = pdf(ours()).toString('latin1');
  const update = `4 0 obj\n${attached('x.y.z')}\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 5\n/Prev 9>>\nstartxref\n`;

  it.each<[string, string, string, () => Buffer]>([
    ['nothing', 'not-as-issued', 'no PDF', () => Buffer.alloc(0)],
    ['another file', 'not-as-issued', 'no PDF', () => Buffer.from('GIF89a')],
    ['no attachment', 'no-credential', 'no credential is attached', () => pdf(['<</Type /Catalog>>'])],
    ['two', 'several-credentials', 'more than one', () => pdf([...ours(), attached('x.y.z'), sourceOf(4)])],
    [
      'two, one with its name in other letters',
      'several-credentials',
      'more than one',
      () => pdf([...ours(), attached('x.y.z').replace('/EmbeddedFile', '/Embedded#46il#65')]),
    ],
    ['compressed', 'compressed', 'is compressed', () => pdf([catalog, attached('x', '<</Filter /FlateDecode\n')])],
    ['in another file', 'compressed', 'is compressed', () => pdf([catalog, attached('x', '<</F (x)\n')])],
    ['no source of the document', 'not-as-issued', 'not as Laurel', () => pdf([catalog, attached('x'), sourceOf(1)])],
    ['a false length', 'not-as-issued', 'not as Laurel', () => pdf([catalog, attached('x', '<<', 3), sourceOf(2)])],
    ['too long', 'too-long', 'longer than 262144', () => pdf(ours('x'.repeat(maxTokenBytes + 1)))],
    ['packed objects', 'not-as-issued', 'not as Laurel', () => pdf([...ours(), '<</Type /Obj#53tm>>'])],
    ['something added', 'not-as-issued', 'not as Laurel', () => pdf(ours(), '/Root 1 0 R\n/Prev 9')],
    [
      'something added later',
      'not-as-issued',
      'not as Laurel',
      () => Buffer.from(`${text}${update}${text.length + update.indexOf('xref')}\n%%EOF\n`, 'latin1'),
    ],
    ['a byte more before', 'not-as-issued', 'not as Laurel', () => Buffer.from(text.replace('\n', '\n\n'), 'latin1')],
    [
      'a table in itself',
      'not-as-issued',
      'not as Laurel',
      () => Buffer.from(text.replace(/startxref\n\d+/, 'startxref\n0')),
    ],
    [
      'a table of ten million',
      'not-as-issued',
      'not as Laurel',
      () => Buffer.from(text.replace('0 4\n', '0 9999999\n')),
    ],
    ['names only', 'not-as-issued', 'not as Laurel', () => pdf([`${'/'.repeat(5_000_000)}ObjStm`])],
    ['half names only', 'no-credential', 'no credential', () => pdf(['/Em#62edded#46il'.repeat(300_000)])],
  ])('is refused: %s (%s)', (_, code, reason, made) => {
    const document = made();
    const used = process.threadCpuUsage();
    expect(credentialOfPdf(document)).toEqual({ ok: false, code, reason: expect.stringContaining(reason) });
    expect(process.threadCpuUsage(used).user / 1_000).toBeLessThan(1_000);
  });

  it('is refused wherever the file is cut off', () => {
    const document = pdf(ours());
    // Its last line may end without a line break.
    for (let length = 8; length < document.length - 1; length++) {
      expect([length, credentialOfPdf(document.subarray(0, length))]).toEqual([
        length,
        { ok: false, code: 'cut-off', reason: expect.stringContaining('cut off') },
      ]);
    }
  });
});
