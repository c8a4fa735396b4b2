import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createCanvas, type ImageData, loadImage } from '@napi-rs/canvas';
import { provideBrowser } from '@laurel/testing';
import jsqr from 'jsqr';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Browser, launch, type Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { type BuiltInTemplate, builtInTemplates } from '../designs/built-in-templates.ts';
import { compileOnce } from '../designs/compile-once.spec.ts';
import type { PrintRecord } from '../print/print-record.ts';
import { Renderer } from '../print/renderer.ts';
import { printBuffers } from '../pdf/print-buffers.spec.ts';

// A CommonJS module, whose function stands at `default` by its types and at runtime.
const decodeQr = jsqr.default;
const quiet = { info: () => undefined, warn: () => undefined };
const verify = 'https://certs.example.org/v/4fHk29sKdLq8PzXw7TnaB3';
const NAMES = [
  'Ada Lovelace',
  'श्रीकृष्ण त्रिपाठी',
  'محمد عبد الله السلامي',
  '欧阳晓明',
  'Γιώργος Παπαδόπουλος',
  'சுப்பிரமணியன்',
];

const record = (name: string): PrintRecord => ({
  values: {
    'recipient.name': name,
    'achievement.name': 'Foundations of Data',
    'achievement.description': 'Completed the course with its final project.',
    'issuer.name': 'Academy of Open Science',
    'certificate.number': 'ACME-2026-000001',
    'certificate.issuedOn': '21 November 2026',
    'completion.score': '92',
    'signatories.0.name': 'Grace Hopper',
    'signatories.0.title': 'Director',
  },
  qr: verify,
  title: `Certificate of ${name}`,
  language: 'en-GB',
});

/** The page of a PDF in each of these sizes. */
async function rastersOf(pdf: Buffer, sizes: readonly (readonly [number, number])[]): Promise<ImageData[]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const page = await (await task.promise).getPage(1);
  const [, , right = 0] = page.view;
  const rasters = [];
  for (const [width, height] of sizes) {
    const canvas = createCanvas(width, height);
    const viewport = page.getViewport({ scale: width / right });
    await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise;
    rasters.push(canvas.getContext('2d').getImageData(0, 0, width, height));
  }
  await task.destroy();
  return rasters;
}

/** At 150 dots to the inch; and so that both sides of the paper are whole pixels: 5 to the millimetre of A4. */
function sizesOf({ paper, orientation }: BuiltInTemplate): [number, number][] {
  const [at150, whole] =
    paper === 'A4'
      ? ([
          [1754, 1240],
          [1485, 1050],
        ] as const)
      : ([
          [1650, 1275],
          [1650, 1275],
        ] as const);
  const [[a, b], [c, d]] = [at150, whole];
  return orientation === 'landscape'
    ? [
        [a, b],
        [c, d],
      ]
    : [
        [b, a],
        [d, c],
      ];
}

async function pixelsOf(png: Buffer): Promise<ImageData> {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
}

/** As through a camera that is not sharp, or of a paper that lies askew. */
function changed(picture: ImageData, how: 'blurred' | 'turned'): ImageData {
  const { width, height } = picture;
  const sheet = createCanvas(width, height);
  sheet.getContext('2d').putImageData(picture, 0, 0);
  const angle = how === 'turned' ? (7 / 180) * Math.PI : 0;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const canvas = createCanvas(Math.ceil(width * cos + height * sin), Math.ceil(height * cos + width * sin));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate(angle);
  if (how === 'blurred') context.filter = 'blur(1.5px)';
  context.drawImage(sheet, -width / 2, -height / 2);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function said(picture: ImageData): Promise<{ jsqr: string | undefined; zxing: string[] }> {
  const { data, width, height } = picture;
  const pixels = new Uint8ClampedArray(data);
  const found = await readBarcodes({ data: pixels, width, height, colorSpace: 'srgb' } as never, {
    formats: ['QRCode'],
  });
  return {
    jsqr: decodeQr(pixels, width, height, { inversionAttempts: 'dontInvert' })?.data,
    zxing: found.map(({ text }) => text),
  };
}

/** How far two pictures are from each other, from 0 to 255, in blocks of four by four: what smoothing at an edge does to one pixel is no difference. */
function distance(one: ImageData, other: ImageData): { mean: number; most: number } {
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  // Asked for once: a size is a call of native code, and millions of them would take seconds.
  const { width, height, data: a } = one;
  const b = other.data;
  let [sum, most, count] = [0, 0, 0];
  for (let y = 0; y + 4 <= height; y += 4) {
    for (let x = 0; x + 4 <= width; x += 4) {
      for (let channel = 0; channel < 3; channel++) {
        let difference = 0;
        for (let at = 0; at < 16; at++) {
          const index = ((y + (at >> 2)) * width + x + (at & 3)) * 4 + channel;
          difference += (a[index] ?? 0) - (b[index] ?? 0);
        }
        const block = Math.abs(difference) / 16;
        sum += block;
        count += 1;
        if (block > most) most = block;
      }
    }
  }
  return { mean: sum / count, most };
}

describe('pictures of the built-in designs', { timeout: 90_000 }, () => {
  let renderer: Renderer;
  /** As anybody's: it knows none of our fonts and may run nothing. */
  let bare: Browser;
  let page: Page;
  beforeAll(async () => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
    const browserPath = await provideBrowser();
    [renderer, bare] = await Promise.all([
      Renderer.start({ browserPath, noSandbox: true, log: quiet }),
      launch({
        executablePath: browserPath,
        headless: 'shell',
        pipe: true,
        args: ['--no-sandbox', '--font-render-hinting=none', '--force-color-profile=srgb'],
      }),
    ]);
    page = await bare.newPage();
  });
  afterAll(async () => {
    await Promise.all([renderer.close(), bare.close()]);
  });

  /** The SVG as a browser shows it that is given nothing else, in so many pixels. */
  async function shown(svg: Buffer, { width, height }: ImageData): Promise<ImageData> {
    await page.goto(`data:image/svg+xml;base64,${svg.toString('base64')}`);
    await page.evaluate(
      (w: number, h: number) => {
        document.documentElement.setAttribute('width', String(w));
        document.documentElement.setAttribute('height', String(h));
      },
      width,
      height,
    );
    return pixelsOf(
      Buffer.from(
        await page.screenshot({ clip: { x: 0, y: 0, width, height }, captureBeyondViewport: true, type: 'png' }),
      ),
    );
  }

  it.each(builtInTemplates.map((template, at) => [template.id, template, NAMES[at % NAMES.length] ?? ''] as const))(
    '%s looks the same as PDF, PNG and SVG, and its code says the verify address however it is scanned',
    async (id, template, name) => {
      const plan = await compileOnce(renderer, template);
      const [pdf = Buffer.alloc(0)] = await printBuffers(renderer, plan, [record(name)]);
      const [paper, sheet] = (await rastersOf(pdf, sizesOf(template))) as [ImageData, ImageData];
      const { width } = sheet;
      const png = await pixelsOf(await renderer.picture(plan, record(name), { format: 'png', width }));
      const svg = await shown(await renderer.picture(plan, record(name), { format: 'svg' }), png);
      // Another program draws the edges of a PDF otherwise; two browsers draw the same.
      const [toPdf, toSvg] = [distance(png, sheet), distance(svg, png)];
      expect(toPdf.mean, `${id}: PNG and PDF`).toBeLessThan(1.2);
      expect(toPdf.most, `${id}: PNG and PDF`).toBeLessThan(80);
      expect(toSvg.mean, `${id}: SVG and PNG`).toBeLessThan(0.25);
      expect(toSvg.most, `${id}: SVG and PNG`).toBeLessThan(60);
      const read = { jsqr: verify, zxing: [verify] };
      expect(await said(paper), `${id} as it is`).toEqual(read);
      expect(await said(changed(paper, 'turned')), `${id} turned`).toEqual(read);
      expect(await said(changed(paper, 'blurred')), `${id} blurred`).toEqual(read);
    },
  );
});
