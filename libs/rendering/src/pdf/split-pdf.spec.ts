import { describe, expect, it } from 'vitest';
import { readPdf } from './read-pdf.ts';
import { splitPdf } from './split-pdf.ts';

const labels = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ title: `Title (${at}) é\\`, language: 'en' }));

/** A PDF of these objects, by number from 1, as the browser writes one. */
function pdf(objects: readonly string[], trailer = '/Root 1 0 R', version = '1.4'): Buffer {
  let text = `%PDF-${version}\n`;
  const offsets = objects.map((value, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${value}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = text.length;
  return Buffer.from(
    `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${objects.length + 1}\n${trailer}>>\nstartxref\n${start}\n%%EOF\n`,
    'latin1',
  );
}

const stream = (text: string) => `<</Length ${text.length}>> stream\n${text}\nendstream`;
const page = (content: number, more = '') =>
  `<</Type /Page\n/Resources <</Font <</F1 7 0 R>>>>\n/MediaBox [0 0 842 595]\n/Contents ${content} 0 R\n/StructParents 0\n/Parent 2 0 R${more}>>`;
const twoPages = (change: (objects: string[]) => void = () => {}) => {
  const objects = [
    '<</Type /Catalog\n/Pages 2 0 R>>',
    '<</Type /Pages\n/Count 2\n/Kids [3 0 R 4 0 R]>>',
    page(5),
    page(6),
    stream('first 9 0 R endstream in it'),
    stream('second'),
    '<</Type /Font\n/BaseFont /A+B\n/Note (7 0 R \\) endobj)\n/W [8 0 R]>>',
    '[0 [500] 8 9 600]',
    '<</Secret (of nobody)>>',
  ];
  change(objects);
  return pdf(objects);
};

describe('splitPdf', () => {
  it('gives each page with what it reaches and nothing of the other', () => {
    const [first, second] = splitPdf(twoPages(), labels(2)).map((document) => document.toString('latin1'));
    expect(first).toContain('first 9 0 R endstream in it');
    expect(first).not.toContain('second');
    expect(second).toContain('second');
    expect(second).not.toMatch(/first|Secret/);
    expect(first).toContain('(7 0 R \\) endobj)');
  });

  it('writes documents that it can read again, with one page, title and language', () => {
    for (const document of splitPdf(twoPages(), labels(2))) {
      const text = document.toString('latin1');
      expect([...readPdf(document).objects.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
      expect(text).toContain('/Lang <FEFF0065006E>');
      expect(text).not.toMatch(/CreationDate|ModDate|StructParents/);
      expect(splitPdf(document, labels(1))).toHaveLength(1);
    }
    expect(splitPdf(twoPages(), labels(2))[1]?.toString('latin1')).toContain(
      `/Title <FEFF${Buffer.from('Title (1) é\\', 'utf16le').swap16().toString('hex').toUpperCase()}>`,
    );
  });

  it('gives the same bytes for the same page, and another identifier for another page', () => {
    const id = (document: Buffer | undefined) => /\/ID \[<(\w{32})>/.exec(document?.toString('latin1') ?? '')?.[1];
    const [one, two] = splitPdf(twoPages(), labels(2));
    const [again] = splitPdf(twoPages(), labels(2));
    expect(one?.equals(again ?? Buffer.alloc(0))).toBe(true);
    expect(id(one)).toBeDefined();
    expect(id(one)).not.toBe(id(two));
  });

  it.each<[string, Buffer | (() => Buffer), RegExp]>([
    ['no PDF', Buffer.from('<html>'), /%PDF-1/],
    ['a cut PDF', twoPages().subarray(0, 300), /startxref/],
    ['a cross-reference stream', Buffer.from('%PDF-1.5\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n'), /classic/],
    ['an updated PDF', pdf(['<</Type /Catalog>>'], '/Root 1 0 R\n/Prev 9'), /updated/],
    ['an encrypted PDF', pdf(['<</Type /Catalog>>'], '/Root 1 0 R\n/Encrypt 1 0 R'), /encrypted/],
    [
      'another number of pages',
      () => twoPages((objects) => void (objects[1] = '<</Type /Pages\n/Count 1\n/Kids [3 0 R]>>')),
      /1 pages for 2/,
    ],
    [
      'a page with annotations',
      () => twoPages((objects) => void (objects[2] = page(5, '\n/Annots [9 0 R]'))),
      /annotations/,
    ],
    ['a page with an unknown entry', () => twoPages((objects) => void (objects[2] = page(5, '\n/AA 9 0 R'))), /\/AA/],
    ['a page that leads to another', () => twoPages((objects) => void (objects[6] = '<</Up 4 0 R>>')), /leads to page/],
    [
      'a page tree that hands something down',
      () => twoPages((objects) => void (objects[1] = '<</Type /Pages\n/Rotate 90\n/Kids [3 0 R 4 0 R]>>')),
      /hands something down/,
    ],
    [
      'a page tree in a circle',
      () => twoPages((objects) => void (objects[1] = '<</Type /Pages\n/Kids [2 0 R]>>')),
      /deeper than/,
    ],
    [
      'a stream of another length',
      () => twoPages((objects) => void (objects[5] = '<</Length 3>> stream\nsecond\nendstream')),
      /longer or shorter/,
    ],
    [
      'a stream of an indirect length',
      () => twoPages((objects) => void (objects[5] = '<</Length 8 0 R>> stream\nsecond\nendstream')),
      /direct length/,
    ],
    ['a reference to nothing', () => twoPages((objects) => void (objects[7] = '[99 0 R]')), /named and not there/],
    [
      'an object in the wrong place',
      () => Buffer.from(twoPages().toString('latin1').replace('3 0 obj', '33 0 ob'), 'latin1'),
      /does not stand where/,
    ],
    ['a comment in an object', () => twoPages((objects) => void (objects[8] = '<</A 1 % >>\n>>')), /comment/],
  ])('refuses %s', (_, made, problem) => {
    expect(() => splitPdf(typeof made === 'function' ? made() : made, labels(2))).toThrow(problem);
  });
});
