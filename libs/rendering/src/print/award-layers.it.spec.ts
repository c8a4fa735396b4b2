import { createCanvas } from '@napi-rs/canvas';
import { provideBrowser } from '@laurel/testing';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInTemplates } from '../designs/built-in-templates.ts';
import { compileOnce } from '../designs/compile-once.spec.ts';
import { printBuffers } from '../pdf/print-buffers.spec.ts';
import type { SlotImage } from '../template/template-source.ts';
import { PrintFailed } from './print-failed.ts';
import type { PrintRecord } from './print-record.ts';
import type { RenderPlan } from './render-plan.ts';
import { Renderer } from './renderer.ts';

const quiet = {
  info: () => undefined,
  warn: (facts: object, message: string) => expect.fail(`${message}: ${JSON.stringify(facts)}`),
};
const signature = ((): SlotImage => {
  const canvas = createCanvas(400, 120);
  const context = canvas.getContext('2d');
  context.fillRect(20, 50, 360, 20);
  return { mediaType: 'image/png', bytes: canvas.toBuffer('image/png') };
})();
const names = [
  ...['Ada Lovelace', 'Grace Hopper', 'ศรีสุดา ใจดี', 'محمد چوہدری', 'Maximiliana von Hohenlohe-Waldenburg'],
  ...['王小明', 'अनन्या शर्मा', 'Nguyễn Thị Ngọc Ánh', 'Li', 'Jürgen Habermaß'],
];
const record = (name: string, at: number, values: Record<string, string> = {}): PrintRecord => ({
  values: {
    ...{ 'recipient.name': name, 'achievement.name': 'Foundations of Data Science', 'issuer.name': 'Academy' },
    ...{ 'certificate.number': `N-${1000 + at}`, 'certificate.issuedOn': '21 November 2026' },
    ...{ 'completion.completedOn': `${1 + (at % 20)} November 2026` },
    ...{ 'signatories.0.name': 'Grace Hopper', 'signatories.0.title': 'Dean' },
    ...values,
  },
  images: { 'signatories.0.signature': signature },
  qr: `https://certs.example.org/v/4fHk29sKdLq8PzXw7Tn${100 + at}`,
  title: `Of ${name}`,
  language: 'en',
});
const run = (values: Record<string, string> = {}) => names.map((name, at) => record(name, at, values));
const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="148mm" height="105mm" viewBox="0 0 1480 1050"><rect width="1480" height="1050" fill="#fdf6e3"/>${content}<rect data-slot="qr" x="1150" y="720" width="240" height="240"/></svg>`;
const name = '<text x="740" y="300" text-anchor="middle" font-size="110">{{recipient.name}}</text>';

const isShared = (pdf: Buffer) => /\/SF\d+ /.test(pdf.toString('latin1'));

async function seen(pdf: Buffer) {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const page = await (await task.promise).getPage(1);
  const viewport = page.getViewport({ scale: 1.2 });
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
  await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise;
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const tree = JSON.stringify(await page.getStructTree());
  await task.destroy();
  const said = [...pdf.toString('latin1').matchAll(/\/S \/(\w+)[^]*?\/(?:ActualText|Alt) (<[^>]*>|\([^)]*\))/g)];
  return {
    pixels: canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data,
    words: items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.str.trim()] : [])).sort(),
    said: said.map(([, tag, text]) => `${tag} ${text}`),
    kinds: tree.match(/"role":"\w+"/g),
  };
}

/** The same picture, words and tags, whichever way they are printed. */
async function expectSame(one: Buffer, other: Buffer): Promise<void> {
  const [a, b] = await Promise.all([seen(one), seen(other)]);
  let count = 0;
  for (let at = 0; at < a.pixels.length; at++) if (Math.abs((a.pixels[at] ?? 0) - (b.pixels[at] ?? 0)) > 24) count += 1;
  expect(count).toBe(0);
  expect([b.words, b.said, b.kinds]).toEqual([a.words, a.said, a.kinds]);
}

describe('what the records of runs have in common', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await Renderer.start({ browserPath: await provideBrowser(), noSandbox: true, log: quiet });
  });
  afterAll(() => renderer.close());
  const compile = (source: string) => renderer.compile({ mediaType: 'image/svg+xml', source });
  /** The run for the first time, in which all is printed; and, once it has been met twice, as it is printed from then on. */
  const twoWays = async (plan: RenderPlan, records: readonly PrintRecord[]) => {
    const first = await printBuffers(renderer, plan, records);
    await renderer.print(plan, records);
    return { first, later: await printBuffers(renderer, plan, records) };
  };

  it.each(builtInTemplates.map((template) => [template.id, template] as const))(
    'is printed once and lies under the rest, and nothing looks or reads otherwise: %s',
    async (_, template) => {
      const plan = await compileOnce(renderer, template);
      const { first, later } = await twoWays(plan, run());
      expect(first.filter(isShared)).toEqual([]);
      expect(later.map(isShared)).toEqual(names.map(() => plan.mediaType === 'image/svg+xml'));
      for (const at of names.keys()) await expectSame(first[at] ?? Buffer.alloc(0), later[at] ?? Buffer.alloc(0));
      // Another award of the same design has a layer of its own, and leaves this one as it was.
      const others = run({ 'achievement.name': 'The Art of Glass', 'signatories.0.name': 'Katherine Johnson' });
      const other = await twoWays(plan, others);
      await expectSame(other.first[0] ?? Buffer.alloc(0), other.later[0] ?? Buffer.alloc(0));
      const again = await printBuffers(renderer, plan, run());
      expect(again.map((pdf, at) => pdf.equals(later[at] ?? Buffer.alloc(0)))).toEqual(names.map(() => true));
    },
    60_000,
  );

  it('does not take from under a name what is painted over it', async () => {
    const seal = `<g data-when="issuer.name"><rect x="500" y="200" width="480" height="60" fill="#fff"/></g>`;
    const course = '<text x="740" y="560" text-anchor="middle" font-size="50">{{achievement.name}}</text>';
    const plan = await compile(svg(`${name}${seal}${course}`));
    expect(plan.mode, plan.whyWhole.join()).toBe('hybrid');
    const { first, later } = await twoWays(plan, run());
    expect(later.map(isShared)).toEqual(names.map(() => true));
    for (const at of names.keys()) await expectSame(first[at] ?? Buffer.alloc(0), later[at] ?? Buffer.alloc(0));
  });

  it('refuses a name that runs into what is shared, and prints one that only comes near as all of it', async () => {
    const line = (y: number, size: number, slot: string) =>
      `<text x="740" y="${y}" text-anchor="middle" font-size="${size}" data-wrap="3" data-wrap-grow="down" data-fit-width="500">{{${slot}}}</text>`;
    const plan = await compile(svg(line(300, 60, 'recipient.name') + line(362, 30, 'achievement.name')));
    expect(plan.mode, plan.whyWhole.join()).toBe('hybrid');
    const short = names.map((_, at) => record(`Ada ${at}`, at));
    const { later } = await twoWays(plan, short);
    expect(later.map(isShared)).toEqual(names.map(() => true));
    const wide = [...short];
    wide[4] = record('Maximiliana Theodora von Hohenlohe und zu Waldenburg an der Brücke', 4);
    wide[7] = record('ខ្ញុំឈ្មោះ', 7);
    const failed: unknown = await renderer.print(plan, wide).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(PrintFailed);
    const { failures, printed } = failed as PrintFailed;
    expect(failures).toMatchObject([{ index: 4, reason: 'does-not-fit' }]);
    expect(failures[0]?.message).toContain('achievement.name');
    const pdfs = printed.map((pdf) => pdf?.toBuffer() ?? Buffer.alloc(0));
    expect(pdfs.map(isShared)).toEqual(names.map((_, at) => at !== 4 && at !== 7));
    const alone = await printBuffers(renderer, plan, [wide[7] ?? record('', 7)]);
    await expectSame(alone[0] ?? Buffer.alloc(0), pdfs[7] ?? Buffer.alloc(0));
  });

  it('is left alone in runs of few, and of several languages', async () => {
    const plan = await compile(svg(`${name}<text x="740" y="560" font-size="50">{{achievement.name}}</text>`));
    const few = run().slice(0, 7);
    const mixed = run().map((one, at) => ({ ...one, language: at === 3 ? 'ur' : 'en' }));
    for (const records of [few, mixed]) {
      const { first, later } = await twoWays(plan, records);
      expect(later.filter(isShared)).toEqual([]);
      expect(later.map((pdf, at) => pdf.equals(first[at] ?? Buffer.alloc(0)))).toEqual(records.map(() => true));
    }
  });
});
