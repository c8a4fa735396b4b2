import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { qrDrawing } from '../qr/qr-drawing.ts';
import type { PageLabel } from './page-label.ts';
import { pageMarker } from './page-marker.ts';
import { PdfAssembly } from './pdf-assembly.ts';
import { qrOperators } from './qr-operators.ts';
import { readBackground } from './read-background.ts';
import { readPdf } from './read-pdf.ts';
import { writeDocuments as write } from './write-documents.ts';

const writeDocuments = (...given: Parameters<typeof write>) => Array.from(write(...given), (pdf) => pdf.toBuffer());

const label = (at: number, texts: readonly string[] = []): PageLabel => ({
  title: `Title (${at}) é\\`,
  language: 'en',
  texts: texts.map((text, index) => ({ slot: index === 1 ? 'achievement.name' : 'recipient.name', text })),
});
const labels = (count: number) => Array.from({ length: count }, (_, at) => label(at));

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

const stream = (text: string, entries = '') => `<<${entries}/Length ${text.length}>> stream\n${text}\nendstream`;
const page = (content: number, more = '') =>
  `<</Type /Page\n/Resources <</Font <</F1 7 0 R>>\n/XObject <</X10 10 0 R>>>>\n/MediaBox [0 0 842 595]\n/Contents ${content} 0 R\n/StructParents 0\n/Parent 2 0 R${more}>>`;
const form = (text: string) =>
  stream(text, '/Type /XObject\n/Subtype /Form\n/Resources <</XObject <</X11 11 0 R>>>>\n/BBox [0 0 9 9]\n');
const twoPages = (change: (objects: string[]) => void = () => {}) => {
  const objects = [
    '<</Type /Catalog\n/Pages 2 0 R>>',
    '<</Type /Pages\n/Count 2\n/Kids [3 0 R 4 0 R]>>',
    page(5),
    page(6),
    stream('first 9 0 R endstream in it'),
    stream('second'),
    '<</Type /Font\n/BaseFont /A+B\n/Note (7 0 R \\) endobj)\n/W [8 0 R]\n/ToUnicode 12 0 R>>',
    '[0 [500] 8 9 600]',
    '<</Secret (of nobody)>>',
    form('nothing'),
    '<</Subtype /Image>>',
    stream('1 beginbfchar\n<0001> <0041>\n<0002> <0000>\nendbfchar'),
  ];
  change(objects);
  return pdf(objects);
};
const withContent = (content: string, inForm = 'nothing') =>
  twoPages((objects) => {
    objects[4] = stream(content);
    objects[9] = form(inForm);
  });

const decimal = (byte: number) =>
  (byte / 255)
    .toFixed(4)
    .replace(/^0/, '')
    .replace(/\.?0+$/, '') || '0';
/** A mark as the browser writes it. */
const mark = (kind: 'start' | 'end', index: number, state = '') => {
  const [red, green, blue] = pageMarker(kind, index).map(decimal);
  return `${red} ${green} ${blue} RG ${red} ${green} ${blue} rg\n${state}100 20.5 1 1 re\nf\n`;
};
const marked = (index: number, content: string) => `${mark('start', index, '/G3 gs\n')}${content}${mark('end', index)}`;

/** Each object with what its stream says. */
function objectsOf(document: Buffer): string[] {
  return [...readPdf(document).objects.values()].map(({ text, refs, stream }) => {
    const value = text.map((piece, at) => (at < refs.length ? `${piece}${refs[at]} 0 R` : piece)).join('');
    const said = stream && (value.includes('/FlateDecode') ? inflateSync(stream) : stream).toString('latin1');
    return said === undefined ? value : `${value}\n${said}`;
  });
}
const textOf = (document: Buffer | undefined) => objectsOf(document ?? Buffer.alloc(0)).join('\n');
const hex = (text: string) => `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

describe('writeDocuments', () => {
  it('gives each page with what it reaches and nothing of the other', () => {
    const [first, second] = writeDocuments(twoPages(), undefined, labels(2)).map(textOf);
    expect(first).toContain('first 9 0 R endstream in it');
    expect(first).not.toContain('second');
    expect(second).toContain('second');
    expect(second).not.toMatch(/first|Secret/);
    expect(first).toContain('(7 0 R \\) endobj)');
  });

  it('writes documents that it can read again, with one page, title and language', () => {
    const documents = writeDocuments(twoPages(), undefined, labels(2));
    for (const document of documents) {
      const { objects } = readPdf(document);
      expect([...objects.keys()]).toEqual(Array.from({ length: objects.size }, (_, at) => at + 1));
      expect(document.subarray(0, 9).toString()).toBe('%PDF-1.7\n');
      expect(textOf(document).match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
      expect(textOf(document)).toContain('/Lang <FEFF0065006E>');
      expect(textOf(document)).not.toMatch(/CreationDate|ModDate|D:\d/);
    }
    expect(textOf(documents[1])).toContain(`/Title ${hex('Title (1) é\\')}`);
  });

  it('gives the same bytes for the same page, and another identifier for another page', () => {
    const id = (document: Buffer | undefined) => /\/ID \[<(\w{32})>/.exec(document?.toString('latin1') ?? '')?.[1];
    const [one, two] = writeDocuments(twoPages(), undefined, labels(2));
    const [again] = writeDocuments(twoPages(), undefined, labels(2));
    expect(one?.equals(again ?? Buffer.alloc(0))).toBe(true);
    expect(id(one)).toBeDefined();
    expect(id(one)).not.toBe(id(two));
    const [changed] = writeDocuments(withContent('first 9 0 R endstream in iT'), undefined, labels(2));
    expect(id(changed)).not.toBe(id(one));
  });

  it('makes marked content of marked texts, and artifacts of all else', () => {
    const run = withContent(`art\n${marked(0, 'BT A ET\n')}more\n${marked(1, '/X10 Do\n')}end\n`);
    const [document] = writeDocuments(run, undefined, [label(0, ['Ada', 'Data & (more)']), label(1)]);
    const state = (kind: 'start' | 'end', index: number, more = '') =>
      mark(kind, index, more).replace(/100 .*re\nf\n/s, '');
    expect(textOf(document)).toContain(
      `q\n/Artifact BMC\nart\n${state('start', 0, '/G3 gs\n')}EMC\n/P <</MCID 0>> BDC\nBT A ET\n${state('end', 0)}EMC\n/Artifact BMC\n` +
        `more\n${state('start', 1, '/G3 gs\n')}EMC\n/H1 <</MCID 1>> BDC\n/X10 Do\n${state('end', 1)}EMC\n/Artifact BMC\nend\nEMC\nQ\n`,
    );
    const objects = objectsOf(document ?? Buffer.alloc(0));
    const number = (start: string) => objects.findIndex((object) => object.includes(start)) + 1;
    const [name, heading] = [number('/S /P'), number('/S /H1')];
    expect(objects[name - 1]).toContain(`/K 0\n/ActualText ${hex('Ada')}`);
    expect(objects[heading - 1]).toContain(`/K 1\n/ActualText ${hex('Data & (more)')}`);
    expect(objects[number('/S /Document') - 1]).toContain(`/K [${name} 0 R ${heading} 0 R]`);
    expect(objects[number('/StructTreeRoot') - 1]).toContain(`/Nums [0 [${name} 0 R ${heading} 0 R]]`);
  });

  it('finds marks in a form, which then has a place in the structure of its own', () => {
    const run = withContent(`${marked(0, 'A\n')}q\n/X10 Do\nQ\n${marked(2, 'C\n')}`, `art\n${marked(1, 'B\n')}`);
    const [document] = writeDocuments(run, undefined, [label(0, ['A', 'B', 'C']), label(1)]);
    const objects = objectsOf(document ?? Buffer.alloc(0));
    const number = (start: string) => objects.findIndex((object) => object.includes(start)) + 1;
    const inForm = number('/Subtype /Form');
    expect(objects[inForm - 1]).toMatch(/\/StructParents 1\n[^]*^\/Artifact BMC\nart\n[^]*\/H1 <<\/MCID 0>> BDC\nB\n/m);
    expect(textOf(document)).toContain('EMC\n/X10 Do\n/Artifact BMC\n');
    expect(textOf(document)).toContain(
      `/K <</Type /MCR\n/Pg ${number('/Type /Page\n')} 0 R\n/Stm ${inForm} 0 R\n/MCID 0>>`,
    );
    const [a = 0, c = 0] = objects.flatMap((object, at) => (object.includes('/S /P') ? [at + 1] : []));
    expect(textOf(document)).toContain(`/Nums [0 [${a} 0 R ${c} 0 R]\n1 [${number('/S /H1')} 0 R]]`);
    expect(textOf(document)).toContain(`/K [${a} 0 R ${number('/S /H1')} 0 R ${c} 0 R]`);
  });

  it('draws the background first, as an artifact with resources of its own', () => {
    const only = (objects: string[]) => void (objects[1] = '<</Type /Pages\n/Kids [3 0 R]>>');
    const background = readBackground(
      twoPages((objects) => {
        only(objects);
        objects[4] = stream('the layer of all');
        objects[6] = '<</Type /Font\n/BaseFont /OF+BACKGROUND>>';
      }),
    );
    const [first, second] = writeDocuments(twoPages(), background, labels(2)).map(objectsOf);
    const drawn = first?.findIndex((object) => object.includes('the layer of all')) ?? -1;
    expect(first?.[drawn]).toMatch(/^<<\/Type \/XObject\n\/Subtype \/Form\n\/Resources <<.*\/BBox \[0 0 842 595\]/s);
    expect(first?.find((object) => object.includes('/Type /Page\n'))).toContain(`/XObject <</Bg ${drawn + 1} 0 R`);
    expect(first?.join('\n')).toContain('\n/Artifact BMC\nq\n/Bg Do\nQ\nEMC\nq\n/Artifact BMC\nfirst');
    expect(first?.slice(0, drawn + 1)).toEqual(second?.slice(0, drawn + 1));
    expect(first?.join('\n').match(/OF\+BACKGROUND/g)).toHaveLength(1);
    const other = twoPages((objects) => void (objects[2] = page(5).replace('842 595', '842 594')));
    expect(() => writeDocuments(other, background, labels(2))).toThrow(/\[0 0 842 594\] and .* \[0 0 842 595\]/);
    expect(() => readBackground(twoPages())).toThrow(/a background has 2 pages/);
  });

  it('draws the QR code as a figure that says what is in it', () => {
    const drawing = qrDrawing('https://certs.example.org/v/1');
    const qr = { drawing, matrix: [2, 0, 0, -2, 700, 120] as const, says: 'https://certs.example.org/v/1' };
    const text = textOf(writeDocuments(twoPages(), undefined, [{ ...label(0), qr }, label(1)])[0]);
    expect(text).toContain(`EMC\nQ\n/Figure <</MCID 0>> BDC\n${qrOperators(drawing, qr.matrix)}EMC\n`);
    expect(text).toContain(`/Alt ${hex(qr.says)}`);
    expect(text).toContain(`/BBox [700 ${120 - 2 * drawing.size} ${700 + 2 * drawing.size} 120]`);
  });

  it('says of no glyph that it is U+0000', () => {
    expect(textOf(writeDocuments(twoPages(), undefined, labels(2))[0])).toContain(
      '<0001> <0041>\n<0002> <200B>\nendbfchar',
    );
  });

  it('keeps a file inside, byte by byte, and dates it by nothing but itself', () => {
    const bytes = Buffer.from('{"a": "endstream endobj \u00e9"}');
    const attachment = {
      name: 'crédential (1).json',
      mediaType: 'application/ld+json; charset=utf-8',
      bytes,
      description: 'The "signed" one',
      modifiedAt: new Date('2026-11-21T10:20:30.999Z'),
    };
    const [document, other] = writeDocuments(twoPages(), undefined, [{ ...label(0), attachment }, label(1)]);
    const text = textOf(document);
    const file = [...readPdf(document ?? Buffer.alloc(0)).objects.values()].find(({ text }) =>
      text.join('').includes('/EmbeddedFile'),
    );
    expect(file?.stream?.equals(bytes)).toBe(true);
    expect(text).toContain(
      `/Subtype /application#2Fld+json\n/Params <</Size ${bytes.length}\n/ModDate (D:20261121102030Z)>>`,
    );
    expect(text).toContain(
      `/F (cr_dential _1_.json)\n/UF ${hex('crédential (1).json')}\n/Desc ${hex('The "signed" one')}\n/AFRelationship /Source`,
    );
    expect(text).toMatch(/\/AF \[\d+ 0 R\]\n\/Names <<\/EmbeddedFiles/);
    expect(text).not.toContain('CheckSum');
    expect(textOf(other)).not.toMatch(/EmbeddedFile|\/AF/);
    const none = { ...attachment, mediaType: 'a)/>>b c' };
    expect(textOf(writeDocuments(twoPages(), undefined, [{ ...label(0), attachment: none }, label(1)])[0])).toContain(
      '/Subtype /application#2Foctet-stream',
    );
  });

  it('cannot be broken by what a label says', () => {
    const plain = twoPages((objects) => void (objects[4] = stream(marked(0, 'A'))));
    const count = readPdf(writeDocuments(plain, undefined, [label(0, ['A']), label(1)])[0] ?? Buffer.alloc(0)).objects
      .size;
    const nasty = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
      fc.constantFrom(
        '',
        ') endobj (',
        '>> endstream',
        ']]>',
        '&lt;<x>"\'',
        '\ud800',
        '\udc00\ud800',
        '\u0000',
        '\ufffe',
        '\ufeff',
        'x'.repeat(65_536),
        '\u{1f393}'.repeat(32_768),
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, (title, language, text) => {
        const [document = Buffer.alloc(0)] = writeDocuments(plain, undefined, [
          { title, language, texts: [{ slot: text, text }] },
          label(1),
        ]);
        const { objects } = readPdf(document);
        expect(objects.size).toBe(count);
        const said = objectsOf(document);
        const strings = said.flatMap((object) => [...object.matchAll(/\/(Title|ActualText) <FEFF([0-9A-F]*)>/g)]);
        const [actual, shown] = ['ActualText', 'Title'].map((key) => {
          const found = strings.find(([, name]) => name === key)?.[2] ?? '';
          // PDF/A lets a string have 32767 bytes.
          expect(found.length / 2).toBeLessThan(32_766);
          return Buffer.from(found, 'hex').swap16().toString('utf16le');
        });
        expect(text.toWellFormed().startsWith(actual ?? '-')).toBe(true);
        if (text.length < 16_000) expect(actual).toBe(text.toWellFormed());
        const [xmp = ''] = said.flatMap((object) => /<\?xpacket begin[^]*/.exec(object) ?? []);
        let told = '';
        const parser = new SaxesParser();
        parser.on('error', (error) => expect.fail(error.message));
        parser.on('text', (found) => (told += found));
        parser.write(Buffer.from(xmp, 'latin1').toString('utf8')).close();
        expect(told).toContain(shown);
        expect(shown).not.toBe('');
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, () => Buffer, RegExp]>([
    [
      'another number of pages',
      () => twoPages((objects) => void (objects[1] = '<</Type /Pages\n/Count 1\n/Kids [3 0 R]>>')),
      /1 pages for 2/,
    ],
    ['a page that leads to another', () => twoPages((objects) => void (objects[6] = '<</Up 4 0 R>>')), /leads to page/],
    [
      'a content with another filter',
      () => twoPages((objects) => void (objects[4] = stream('x', '/Filter /LZWDecode\n'))),
      /filter \/LZWDecode/,
    ],
    [
      'a damaged content',
      () => twoPages((objects) => void (objects[4] = stream('x', '/Filter /FlateDecode\n'))),
      /damaged/,
    ],
    ['a reference to nothing', () => twoPages((objects) => void (objects[7] = '[99 0 R]')), /named and not there/],
  ])('refuses %s', (_, made, problem) => {
    expect(() => writeDocuments(made(), undefined, labels(2))).toThrow(problem);
  });
});
