import { basename, dirname } from 'node:path';
import { inflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { provideBrowser } from '@laurel/testing';
import jsqr from 'jsqr';
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInTemplates } from '../designs/built-in-templates.ts';
import { compileOnce } from '../designs/compile-once.spec.ts';
import { fontFolders } from '../fonts/font-folders.ts';
import { TemplateRefused } from '../template/template-refused.ts';
import { PrintFailed } from './print-failed.ts';
import type { PrintRecord } from './print-record.ts';
import { Renderer } from './renderer.ts';
import { printBuffers } from '../pdf/print-buffers.spec.ts';

// A CommonJS module, whose function stands at `default` by its types and at runtime.
const decodeQr = jsqr.default;
const quiet = { info: () => undefined, warn: () => undefined };
const LONG =
  'Maximiliana Wilhelmine Theodora von Hohenlohe-Waldenburg-Schillingsfürst zu Sayn-Wittgenstein-Berleburg-Ludwigsburg-Ahn1';
const NAMES = [
  'Ada Lovelace',
  LONG,
  'Nguyễn Thị Ngọc Ánh',
  'Γιώργος Παπαδόπουλος',
  'Мария Шарапова',
  'श्रीकृष्ण शर्मा',
  'கார்த்திகேயன்',
  'অনন্যা চট্টোপাধ্যায়',
  'محمد السلامي',
  'דוד בן־גוריון',
  'สมชาย ใจดี',
  '王小明',
  '山田さくら',
  '김철수',
  `<b>O'Brien & "Sons"</b></text><script>x()</script>`,
  '{{certificate.number}} ${issuerName} {{qr}}',
  'Two\nlines\tand\u0007bell',
];
/** The families that Laurel brings, as a font's name in a PDF begins: `ebgaramond`. */
const FAMILIES = new Set(fontFolders().map((folder) => basename(dirname(folder)).replaceAll('-', '')));
const isOurs = (font: string) => FAMILIES.has(font.replace(/^.*\+|-.*$/g, '').toLowerCase());

const record = (name: string, at: number): PrintRecord => ({
  values: {
    'recipient.name': name,
    'achievement.name': 'Foundations of Data',
    'issuer.name': 'Academy of Open Science',
    'certificate.number': `ACME-2026-${String(at).padStart(6, '0')}`,
    'certificate.issuedOn': '21 November 2026',
    'signatories.0.name': 'Grace Hopper',
  },
  qr: `https://certs.example.org/v/4fHk29sKdLq8PzXw7Tn${String(at).padStart(3, '0')}`,
  title: `Certificate of ${name}`,
  language: 'en-GB',
});

async function open(pdf: Buffer) {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  expect(document.numPages).toBe(1);
  return { document, page: await document.getPage(1), close: () => task.destroy() };
}

async function textOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str : '')).join('\n');
}

async function picture(page: PDFPageProxy, scale: number) {
  const viewport = page.getViewport({ scale });
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
  await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise;
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
}

/** Letters alone: a reader places clusters and wrapped lines with spaces of its own. */
// eslint-disable-next-line no-control-regex -- one of the names has a bell
const letters = (text: string) => text.normalize('NFKC').replace(/[\s\u0007\u200b-\u200f]+/g, '');

/** What the browser says of glyphs that stand for several characters, or for none; the reader of this test does not know it. */
function actualTexts(pdf: Buffer): string[] {
  return contents(pdf)
    .flatMap((stream) => [...stream.matchAll(/\/ActualText (?:<(?:FEFF)?([0-9A-F]*)>|\(([^()\\]*)\))/gi)])
    .map(
      ([, hex, plain]) =>
        plain ??
        Buffer.from(hex ?? '', 'hex')
          .swap16()
          .toString('utf16le'),
    );
}

function contents(pdf: Buffer): string[] {
  return [...pdf.toString('latin1').matchAll(/\/Filter \/FlateDecode\s*\/Length (\d+)>>\s*stream\n/g)].map((match) => {
    const from = match.index + match[0].length;
    return inflateSync(pdf.subarray(from, from + Number(match[1]))).toString('latin1');
  });
}

/** Scripts whose glyphs follow another order than their characters are read as a bag of characters; of others what is said of glyphs is left out. */
function says(text: string, name: string, actual: readonly string[]): boolean {
  const read = letters(text);
  if (/\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Tamil}|\p{Script=Bengali}/u.test(name))
    return [...letters(name)].every((character) => read.includes(character) || actual.join('').includes(character));
  const plain = actual.reduce((left, said) => left.replaceAll(letters(said), ''), letters(name));
  return read.includes(letters(name)) || read.includes(plain);
}

describe('printing', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await Renderer.start({ browserPath: await provideBrowser(), noSandbox: true, log: quiet });
  });
  afterAll(() => renderer.close());

  it.each(builtInTemplates.map((template) => [template.id, template] as const))(
    'prints each certificate of a run with %s whole, with its own text and nobody else’s',
    async (_, template) => {
      const plan = await compileOnce(renderer, template);
      expect(plan.mode, plan.whyWhole.join()).toBe('hybrid');
      expect(plan.isMarked).toBe(true);
      const documents = await printBuffers(renderer, plan, NAMES.map(record));
      expect(documents).toHaveLength(NAMES.length);
      for (const [at, pdf] of documents.entries()) {
        const name = NAMES[at] ?? '';
        const { document, page, close } = await open(pdf);
        const text = await textOf(page);
        const numbers = [...new Set(text.match(/ACME-2026-\d{6}/g))];
        expect(numbers).toEqual([record('', at).values['certificate.number']]);
        expect(says(text, name, actualTexts(pdf)), `${name} in ${text}`).toBe(true);
        for (const item of (await page.getTextContent()).items) {
          if (!('str' in item) || item.str.trim() === '') continue;
          const [x = 0, y = 0] = item.transform.slice(4) as number[];
          const [, , right = 0, top = 0] = page.view;
          expect(x >= 0 && y >= 0 && x + item.width <= right && y <= top, `${item.str} on the page`).toBe(true);
        }
        const { info } = await document.getMetadata();
        expect(info).toMatchObject({
          Title: `Certificate of ${name.replaceAll(/\p{Cc}/gu, ' ')}`,
          Language: 'en-GB',
        });
        await close();
        const fonts = pdf.toString('latin1').match(/\/FontName \/\S+/g) ?? [];
        expect(fonts.length).toBeGreaterThan(0);
        expect(fonts.filter((font) => !isOurs(font))).toEqual([]);
        expect(pdf.toString('latin1').match(/\/FontFile2 /g)).toHaveLength(fonts.length);
        expect(pdf.toString('latin1')).not.toContain('/Type3');
      }
    },
  );

  it('prints a QR code that a reader finds on the picture of the page', async () => {
    // Of one design: design-pictures.it.spec.ts scans the paper of all by two readers, askew and blurred too.
    const [template = expect.fail('no design')] = builtInTemplates;
    const [pdf] = await printBuffers(renderer, await compileOnce(renderer, template), [record('Ada Lovelace', 7)]);
    const { page, close } = await open(pdf ?? Buffer.alloc(0));
    const { data, width, height } = await picture(page, 2);
    expect(decodeQr(new Uint8ClampedArray(data), width, height)?.data).toBe(record('', 7).qr);
    await close();
  });

  it('writes the same bytes for the same run, in any browser at any time', async () => {
    const template = builtInTemplates[0] ?? { mediaType: 'image/svg+xml' as const, source: '' };
    const plan = await compileOnce(renderer, template);
    const first = await printBuffers(renderer, plan, NAMES.map(record));
    const other = await Renderer.start({ browserPath: await provideBrowser(), noSandbox: true, log: quiet });
    const second = await printBuffers(other, plan, NAMES.map(record));
    await other.close();
    expect(second.map((pdf, at) => pdf.equals(first[at] ?? Buffer.alloc(0)))).toEqual(NAMES.map(() => true));
    // In another company the fonts are cut otherwise; the picture is the same.
    const [alone] = await printBuffers(renderer, plan, [record(NAMES[0] ?? '', 0)]);
    const pixels = [];
    for (const pdf of [first[0], alone]) {
      const { page, close } = await open(pdf ?? Buffer.alloc(0));
      pixels.push(Buffer.from((await picture(page, 1)).data));
      await close();
    }
    expect(pixels[0]?.equals(pixels[1] ?? Buffer.alloc(0))).toBe(true);
  });

  it('takes no font of the host, whatever the template asks for', async () => {
    const source = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595"><text y="40" font-family="DejaVu Sans">{{recipient.name}}</text><text y="90" font-family="monospace">fixed</text><text y="140" font-family="Arial">Ω</text></svg>`;
    const [pdf] = await printBuffers(renderer, await renderer.compile({ mediaType: 'image/svg+xml', source }), [
      record('Ada', 1),
    ]);
    const fonts = new Set((pdf?.toString('latin1') ?? '').match(/\/FontName \/[^\s]+/g));
    expect([...fonts].filter((font) => !isOurs(font))).toEqual([]);
  });

  it('leaves out an element whose only content is an empty slot, and what depends on one', async () => {
    const source = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595"><text y="30">{{batch.name}}</text><text y="60">Batch: {{batch.name}}</text><g data-when="signatories.1.name"><text y="90">Second</text></g><g data-unless="signatories.1.name"><text y="120">Alone</text></g><image href="{{signatories.0.signature}}" width="9" height="9"/></svg>`;
    const plan = await renderer.compile({ mediaType: 'image/svg+xml', source });
    const one = record('A', 1);
    const [without, withBoth] = await printBuffers(renderer, plan, [
      one,
      { ...one, values: { ...one.values, 'batch.name': 'B1', 'signatories.1.name': 'X' } },
    ]);
    const texts = [];
    for (const pdf of [without, withBoth]) {
      const { page, close } = await open(pdf ?? Buffer.alloc(0));
      texts.push(
        (await textOf(page))
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      );
      await close();
    }
    expect(texts).toEqual([
      ['Batch:', 'Alone'],
      ['B1', 'Batch: B1', 'Second'],
    ]);
  });

  it('prints HTML, with its styles, on the paper that it names', async () => {
    const source = `<!doctype html><html><head><style>@page{size:A5 landscape}body{color:#123;background:#eef}h1{font:700 30px sans-serif}</style></head>
<body><h1>{{recipient.name}}</h1><p>for &lt;{{achievement.name}}&gt;</p><div data-slot="qr" style="width:25mm;height:25mm"></div></body></html>`;
    const plan = await renderer.compile({ mediaType: 'text/html', source });
    expect(plan.size).toEqual({ width: '210mm', height: '148mm' });
    const documents = await printBuffers(renderer, plan, NAMES.slice(0, 5).map(record));
    const { page, close } = await open(documents[1] ?? Buffer.alloc(0));
    expect(letters(await textOf(page))).toContain(letters(`${LONG}for<Foundations of Data>`));
    expect(page.view.map(Math.round)).toEqual([0, 0, 595, 420]);
    const { data, width, height } = await picture(page, 2);
    expect(decodeQr(new Uint8ClampedArray(data), width, height)?.data).toBe(record('', 1).qr);
    await close();
  });

  it('names each record that cannot be printed, and prints the others', async () => {
    const source = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595"><text x="421" y="99" text-anchor="middle" font-size="40">{{recipient.name}}</text><rect data-slot="qr" width="99" height="99"/></svg>`;
    const plan = await renderer.compile({ mediaType: 'image/svg+xml', source });
    const records = NAMES.slice(0, 4).map(record);
    records.push({ ...record('Too much', 4), qr: 'x'.repeat(4000) }, record('Last', 5));
    // Ethiopic, which no font has; and a sign that none has, between letters.
    records.push(record('ሰላም', 6), record('Zoë \u{1f389} Ö', 7));
    const failed = await printBuffers(renderer, plan, records).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(PrintFailed);
    const { failures, printed, index } = failed as PrintFailed;
    expect(failures.map(({ index, reason }) => [index, reason])).toEqual([
      [1, 'does-not-fit'],
      [4, 'refused'],
      [6, 'no-font'],
    ]);
    expect(failures[2]?.message).toMatch(/recipient\.name has the letter U\+1230/);
    expect(failures[0]?.message).toMatch(/recipient\.name is \d+ wide and its place is \d+/);
    expect(index).toBe(1);
    expect(printed.map((pdf) => pdf !== undefined)).toEqual([true, false, true, true, false, true, false, true]);
    const { page, close } = await open(printed[5]?.toBuffer() ?? Buffer.alloc(0));
    expect(await textOf(page)).toContain('Last');
    await close();
  });

  it('keeps what runs out of one page from the next, whatever the styles of the template say', async () => {
    const source = `<!doctype html><html><head><style>div:not(#a):not(#b){overflow:visible!important}p{position:absolute;left:40mm;top:150mm;margin:0;font-size:40px;text-shadow:0 90mm #000}div[data-slot]{position:absolute;left:9mm;top:9mm;width:25mm;height:25mm}</style></head><body><p>{{recipient.name}}</p><div data-slot="qr"></div></body></html>`;
    const plan = await renderer.compile({ mediaType: 'text/html', source });
    const [, second = Buffer.alloc(0)] = await printBuffers(renderer, plan, [
      record('Ada Lovelace of Ockham Park', 1),
      record('Bo', 2),
    ]);
    const { page, close } = await open(second);
    expect(letters(await textOf(page))).toBe('Bo');
    await close();
  });

  it('does not let a dangerous template near the browser', async () => {
    const source = '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>';
    await expect(renderer.compile({ mediaType: 'image/svg+xml', source })).rejects.toThrow(TemplateRefused);
  });

  it('draws text as text: the stream of a page shows glyphs and no picture of them', async () => {
    const [pdf] = await printBuffers(
      renderer,
      await compileOnce(renderer, builtInTemplates[2] ?? { mediaType: 'text/html', source: '' }),
      [record('Ada', 1)],
    );
    const streams = contents(pdf ?? Buffer.alloc(0));
    expect(streams.some((stream) => /\bTj\b|\bTJ\b/.test(stream))).toBe(true);
    expect(pdf?.toString('latin1')).not.toContain('/Subtype /Image');
  });

  it('previews a template without a plan', async () => {
    const source = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595"><text x="421" y="99" text-anchor="middle" font-size="40">{{recipient.name}}</text><rect data-slot="qr" width="99" height="99"/></svg>`;
    const template = { mediaType: 'image/svg+xml' as const, source };
    const pdf = await renderer.preview(template, record('Only looked at', 1));
    const { page, close } = await open(pdf);
    expect((await textOf(page)).trim()).toBe('Only looked at');
    await close();
    expect((await renderer.preview(template, record('Only looked at', 1))).equals(pdf)).toBe(true);
    await expect(renderer.preview(template, record('M'.repeat(400), 1))).rejects.toThrow(PrintFailed);
  });
});
