import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PdfAssembly } from './pdf-assembly.ts';
import { readPages } from './read-pages.ts';
import { readPdf } from './read-pdf.ts';

/** A PDF of these objects, by number from 1, as the browser writes one. */
function pdf(objects: readonly string[], trailer = '/Root 1 0 R'): Buffer {
  const assembly = new PdfAssembly({
    bytes: Buffer.from('%PDF-1.4\n'),
    hash: createHash('sha256'),
    offsets: [],
    digest: '',
  });
  for (const object of objects) assembly.write(object);
  return assembly.finish(trailer).toBuffer();
}

const page = (more = '') =>
  `<</Type /Page\n/Resources <</Font <</F1 5 0 R>>>>\n/MediaBox [0 0 842 595]\n/Contents 6 0 R\n/StructParents 0\n/Tabs /S\n/Parent 2 0 R${more}>>`;
const twoPages = (change: (objects: string[]) => void = () => {}) => {
  const objects = [
    '<</Type /Catalog\n/Pages 2 0 R>>',
    '<</Type /Pages\n/Count 2\n/Kids [3 0 R 4 0 R]>>',
    page(),
    page(),
    '<</Type /Font>>',
    '<</Length 6>> stream\nsecond\nendstream',
    '<</Note (of nobody)>>',
  ];
  change(objects);
  return pdf(objects);
};

describe('readPages', () => {
  it('gives the pages in order, each with its content and box and without what ties it to others', () => {
    const pages = readPages(
      readPdf(twoPages((objects) => void (objects[1] = '<</Type /Pages\n/Kids [4 0 R 3 0 R]>>'))),
    );
    expect(pages.map(({ id }) => id)).toEqual([4, 3]);
    expect(pages[0]).toMatchObject({ box: '0 0 842 595', contents: { id: 6 }, refs: [5] });
    const text = pages[0]?.text.join('5 0 R');
    expect(text).toMatch(/^\/Type \/Page\n\/Resources <<\/Font <<\/F1 5 0 R>>>>\n\/MediaBox \[0 0 842 595\]\s*$/);
  });

  it.each<[string, Buffer | (() => Buffer), RegExp]>([
    ['no PDF', Buffer.from('<html>'), /%PDF-1/],
    ['a cut PDF', twoPages().subarray(0, 300), /startxref/],
    ['a cross-reference stream', Buffer.from('%PDF-1.5\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n'), /classic/],
    ['an updated PDF', pdf(['<</Type /Catalog>>'], '/Root 1 0 R\n/Prev 9'), /updated/],
    ['an encrypted PDF', pdf(['<</Type /Catalog>>'], '/Root 1 0 R\n/Encrypt 1 0 R'), /encrypted/],
    [
      'a page with annotations',
      () => twoPages((objects) => void (objects[2] = page('\n/Annots [9 0 R]'))),
      /annotations/,
    ],
    ['a page with an unknown entry', () => twoPages((objects) => void (objects[2] = page('\n/AA 9 0 R'))), /\/AA/],
    [
      'a page of several streams',
      () => twoPages((objects) => void (objects[2] = page().replace('6 0 R', '[6 0 R]'))),
      /no \/Contents/,
    ],
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
    [
      'an object in the wrong place',
      () => Buffer.from(twoPages().toString('latin1').replace('3 0 obj', '33 0 ob'), 'latin1'),
      /does not stand where/,
    ],
    ['a comment in an object', () => twoPages((objects) => void (objects[6] = '<</A 1 % >>\n>>')), /comment/],
  ])('refuses %s', (_, made, problem) => {
    expect(() => readPages(readPdf(typeof made === 'function' ? made() : made))).toThrow(problem);
  });
});
