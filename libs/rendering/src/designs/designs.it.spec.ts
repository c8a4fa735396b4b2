import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { provideBrowser } from '@laurel/testing';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Renderer } from '../print/renderer.ts';
import { checkTemplate } from '../template/check-template.ts';
import { builtInTemplates } from './built-in-templates.ts';
import { compileOnce } from './compile-once.spec.ts';
import { palettePng } from './palette-png.spec.ts';
import { sampleRecords } from './sample-records.spec.ts';
import { printBuffers } from '../pdf/print-buffers.spec.ts';

const approved = join(import.meta.dirname, '../../approved-pictures');
const LONGER_SIDE = 450;
// Another processor rounds otherwise, by a shade at the edge of a letter. A vowel sign that is gone changes more.
const [SHADE, PIXELS] = [48, 20];
const records = sampleRecords();
const names = builtInTemplates.flatMap(({ id }) => Object.keys(records).map((sample) => `${id}-${sample}.png`));

async function draw(pdf: Buffer): Promise<Buffer> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const page = await (await task.promise).getPage(1);
  const { width, height } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: LONGER_SIDE / Math.max(width, height) });
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
  await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise;
  await task.destroy();
  return palettePng(
    canvas.width,
    canvas.height,
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data,
  );
}

async function pixelsOf(png: Buffer): Promise<{ width: number; data: Uint8ClampedArray }> {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return { width: image.width, data: context.getImageData(0, 0, image.width, image.height).data };
}

/** How many pixels of two pictures look otherwise. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  if (one.equals(other)) return 0;
  const [a, b] = [await pixelsOf(one), await pixelsOf(other)];
  if (a.width !== b.width || a.data.length !== b.data.length) return Infinity;
  let pixels = 0;
  for (let byte = 0; byte < a.data.length; byte += 4)
    if ([0, 1, 2].some((colour) => Math.abs((a.data[byte + colour] ?? 0) - (b.data[byte + colour] ?? 0)) > SHADE))
      pixels++;
  return pixels;
}

describe('the designs that Laurel brings', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    const log = { info: () => undefined, warn: () => undefined };
    renderer = await Renderer.start({ browserPath: await provideBrowser(), noSandbox: true, log });
  });
  afterAll(() => renderer.close());

  it.each(builtInTemplates.map((template) => [template.id, template] as const))(
    '%s looks as it was approved, in every writing system',
    async (id, template) => {
      expect(checkTemplate(template)).toEqual([]);
      const documents = await printBuffers(renderer, await compileOnce(renderer, template), Object.values(records));
      // A font that was drawn instead of embedded: large, and hard to select text from.
      expect(documents.filter((pdf) => pdf.includes('/Type3'))).toEqual([]);
      const isApproving = expect.getState().snapshotState.snapshotUpdateState === 'all';
      const folder = isApproving ? approved : mkdtempSync(join(tmpdir(), 'laurel-pictures-'));
      mkdirSync(folder, { recursive: true });
      const changed: string[] = [];
      for (const [at, sample] of Object.keys(records).entries()) {
        const file = `${id}-${sample}.png`;
        const picture = await draw(documents[at] ?? Buffer.alloc(0));
        const before = existsSync(join(approved, file)) ? readFileSync(join(approved, file)) : undefined;
        const pixels = before === undefined ? Infinity : await difference(before, picture);
        if (pixels <= PIXELS) continue;
        changed.push(before === undefined ? `${file} is new` : `${file} differs in ${pixels} pixels`);
        writeFileSync(join(folder, file), picture);
      }
      if (isApproving) return;
      if (changed.length === 0) rmSync(folder, { recursive: true });
      expect(
        changed,
        `Look at the pictures in ${folder} beside those in libs/rendering/approved-pictures. If they are right: npm run approve`,
      ).toEqual([]);
    },
  );

  it('has no approved picture of a design that is gone', () => {
    const isApproving = expect.getState().snapshotState.snapshotUpdateState === 'all';
    const strays = readdirSync(approved).filter((file) => !names.includes(file));
    if (isApproving) for (const file of strays) rmSync(join(approved, file));
    else expect(strays).toEqual([]);
  });
});
