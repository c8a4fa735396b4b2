import { createCanvas } from '@napi-rs/canvas';
import { provideBrowser } from '@laurel/testing';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlanUnknown } from '../plan/plan-unknown.ts';
import { readPlan } from '../plan/read-plan.ts';
import { writePlan } from '../plan/write-plan.ts';
import { PrintFailed } from '../print/print-failed.ts';
import type { PrintRecord } from '../print/print-record.ts';
import type { RenderPlan } from '../print/render-plan.ts';
import { Renderer } from '../print/renderer.ts';
import { toPages } from '../print/to-pages.ts';
import { withPaths } from '../print/with-paths.ts';
import type { PrintPage } from '../print/print-page.ts';
import { printBuffers } from '../pdf/print-buffers.spec.ts';

const quiet = { info: () => undefined, warn: () => undefined };
const record = (values: Record<string, string>, more: Partial<PrintRecord> = {}): PrintRecord => ({
  values: { 'recipient.name': 'Ada Lovelace', 'achievement.name': 'Data', 'certificate.number': 'N-1', ...values },
  qr: 'https://certs.example.org/v/4fHk29sKdLq8PzXw7Tn000',
  title: 'Certificate',
  language: 'en',
  ...more,
});
const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="148mm" height="105mm" viewBox="0 0 1480 1050"><rect width="1480" height="1050" fill="#fdf6e3"/><path d="M40 40h1400v970H40z" fill="none" stroke="#a97f35" stroke-width="9"/>${content}<rect data-slot="qr" x="1150" y="720" width="240" height="240"/></svg>`;
const html = (style: string, content: string) =>
  `<!doctype html><html><head><style>@page{size:148mm 105mm}body{font:16px serif;background:#fdf6e3}.qr{position:absolute;right:8mm;bottom:8mm;width:22mm;height:22mm}${style}</style></head><body>${content}<div class="qr" data-slot="qr"></div></body></html>`;
const name = '<text x="740" y="300" text-anchor="middle" font-size="110" fill="#1d2f4f">{{recipient.name}}</text>';

async function open(pdf: Buffer) {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  return { page: await document.getPage(1), close: () => task.destroy() };
}

async function picture(pdf: Buffer): Promise<Uint8ClampedArray> {
  const { page, close } = await open(pdf);
  const viewport = page.getViewport({ scale: 1.5 });
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
  await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise;
  await close();
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
}

async function words(pdf: Buffer): Promise<string[]> {
  const { page, close } = await open(pdf);
  const { items } = await page.getTextContent();
  await close();
  return items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.str.trim()] : []));
}

const isLayered = (pdf: Buffer) => pdf.includes('/Bg ');
describe('layers', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    const printTimeoutMs = 60_000;
    renderer = await Renderer.start({
      browserPath: await provideBrowser(),
      noSandbox: true,
      log: quiet,
      printTimeoutMs,
    });
  });
  afterAll(() => renderer.close());

  const compile = (source: string) =>
    renderer.compile({ mediaType: source.startsWith('<svg') ? 'image/svg+xml' : 'text/html', source });

  /** How many pixels of a document are not those of the whole page that the browser alone prints, without layers, marks or a writer. */
  async function differing(plan: RenderPlan, one: PrintRecord, pdf?: Buffer): Promise<number> {
    const [made = Buffer.alloc(0)] = pdf === undefined ? await printBuffers(renderer, plan, [one]) : [pdf];
    const run = toPages([one]);
    const plain = await renderer['pool'].use(plan.key, async (page: PrintPage) => {
      await page.fill(plan, withPaths(run), run.images, 'whole', false);
      return page.toPdf();
    });
    const [a, b] = await Promise.all([picture(made), picture(plain)]);
    expect(a.length).toBe(b.length);
    let count = 0;
    for (let at = 0; at < a.length; at++) if (Math.abs((a[at] ?? 0) - (b[at] ?? 0)) > 24) count += 1;
    return count;
  }

  it.each([
    ['is plain', 'hybrid', name],
    [
      'has several lines, turns and spaces',
      'hybrid',
      `<g transform="rotate(-4 740 500) scale(1.2)"><text x="200" y="200" font-size="40" letter-spacing="6">No. {{certificate.number}}<tspan x="200" dy="60" fill="#922">{{recipient.name}}</tspan></text></g>`,
    ],
    [
      'has a clip around words that stay and words that change',
      'hybrid',
      `<clipPath id="c"><circle cx="740" cy="280" r="210"/></clipPath><g clip-path="url(#c)"><rect x="400" y="200" width="600" height="200" fill="#cde"/>${name}</g>`,
    ],
    [
      'has a group that shines through',
      'hybrid',
      `<g opacity=".5"><rect x="400" y="200" width="600" height="200" fill="#135"/>${name}</g>`,
    ],
    [
      'has art above a slot',
      'hybrid',
      `${name}<rect x="500" y="180" width="500" height="90" fill="#fff" fill-opacity=".6"/>`,
    ],
    [
      'is styled by the order of its parts',
      'hybrid',
      `<style>text:nth-of-type(2){fill:#c00}rect+text{font-weight:700}</style><rect x="1" y="1" width="9" height="9"/>${name}<text x="740" y="420" text-anchor="middle" font-size="40">{{achievement.name}}</text>`,
    ],
    [
      'is blended with its ground',
      'whole',
      `<circle cx="740" cy="280" r="160" fill="#fc3"/><g style="mix-blend-mode:multiply">${name}</g>`,
    ],
    [
      'is masked',
      'whole',
      `<linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1"/></linearGradient><mask id="m" maskUnits="userSpaceOnUse" x="0" y="0" width="1480" height="1050"><rect width="1480" height="1050" fill="url(#g)"/></mask><g mask="url(#m)">${name}</g>`,
    ],
    [
      'is filtered',
      'whole',
      `<filter id="f"><feGaussianBlur stdDeviation="3"/></filter><g filter="url(#f)">${name}</g>`,
    ],
    ['is copied', 'whole', `<g id="n">${name}</g><use href="#n" y="200"/>`],
  ])('prints a template in SVG that %s as the whole page: %s', async (_, mode, content) => {
    const plan = await compile(svg(content));
    expect(plan.mode, plan.whyWhole.join()).toBe(mode);
    expect(plan.whyWhole.length > 0).toBe(mode === 'whole');
    if (mode === 'hybrid') expect(plan.isMarked).toBe(true);
    const [pdf = Buffer.alloc(0)] = await printBuffers(renderer, plan, [record({})]);
    expect(isLayered(pdf)).toBe(mode === 'hybrid');
    expect(await differing(plan, record({}), pdf)).toBe(0);
  });

  it('takes a picture that the template brings as art, and what depends on it as said', async () => {
    const logo = { mediaType: 'image/png', bytes: createCanvas(150, 150).toBuffer('image/png') };
    const at = 'x="740" y="500" font-size="30"';
    const source = svg(
      `<image href="{{images.logo}}" x="100" y="100" width="200" height="200"/>${name}<text ${at} data-when="images.logo">with</text><text ${at} data-unless="images.logo">{{issuer.name}}</text>`,
    );
    const plan = await renderer.compile({ mediaType: 'image/svg+xml', source, images: { 'images.logo': logo } });
    expect([plan.mode, plan.layers?.moving.length]).toEqual(['hybrid', 1]);
    const [pdf = Buffer.alloc(0)] = await printBuffers(renderer, plan, [record({})]);
    expect(await differing(plan, record({}), pdf)).toBe(0);
  });

  it('says why a template is printed whole', async () => {
    const plan = await compile(svg(`<g style="mix-blend-mode:multiply">${name}</g>`));
    expect(plan.whyWhole).toEqual(['A place that changes is blended with what lies under it: <g>.']);
  });

  it('prints those records whole that reach heavy art above, and the others in layers', async () => {
    const art = Array.from(
      { length: 60 },
      (_, at) => `<circle cx="${300 + at * 15}" cy="365" r="14" fill="#${at % 2 ? 'fc3' : '258'}"/>`,
    ).join('');
    const plan = await compile(svg(`${name}<g>${art}</g>`));
    expect(plan.mode).toBe('hybrid');
    const records = [record({}), record({ 'recipient.name': 'ខ្ញុំឈ្មោះសុភ័ក្ត្រ' })];
    const [latin = Buffer.alloc(0), khmer = Buffer.alloc(0)] = await printBuffers(renderer, plan, records);
    expect([isLayered(latin), isLayered(khmer)]).toEqual([true, false]);
    expect(await differing(plan, records[0] ?? record({}), latin)).toBe(0);
    expect(await differing(plan, records[1] ?? record({}), khmer)).toBe(0);
  });

  it('prints those records of an HTML template whole in which a value pushes what stays', async () => {
    const plan = await compile(
      html(
        'h1,p{margin:4mm 10mm}h1{border-bottom:2px solid #a97f35}',
        '<h1>{{recipient.name}}</h1><p>{{achievement.name}}</p><p>for what stays, <b>below</b></p>',
      ),
    );
    expect(plan.mode).toBe('hybrid');
    const long = 'A word and another one, '.repeat(12);
    const records = [
      record({ 'achievement.name': 'Short' }),
      record({ 'achievement.name': long }),
      record({ 'achievement.name': 'Also short' }),
    ];
    const documents = await printBuffers(renderer, plan, records);
    expect(documents.map(isLayered)).toEqual([true, false, true]);
    for (const [at, one] of records.entries()) expect(await differing(plan, one, documents[at])).toBe(0);
    expect((await words(documents[1] ?? Buffer.alloc(0))).join(' ')).toContain('for what stays');
  });

  it.each([
    [
      'has boxes over one another',
      'hybrid',
      html(
        '.a{position:absolute;left:10mm;width:60mm;top:20mm;text-align:center}.f{display:flex;justify-content:center;gap:9px;height:12mm;align-items:center}',
        '<div class="f">{{recipient.name}}</div><div class="a">No. <b>{{certificate.number}}</b>, and so on</div>',
      ),
    ],
    [
      'lays a veil over the page',
      'whole',
      html(
        '.veil{position:relative}.veil::after{content:"";position:absolute;left:0;top:0;width:90mm;height:60mm;background:rgba(255,255,255,.4);z-index:3}',
        '<div class="veil"><h1>{{recipient.name}}</h1></div>',
      ),
    ],
    ['shares its lines with the page', 'whole', html('', 'Awarded to {{recipient.name}}')],
  ])('prints a template in HTML that %s as the whole page: %s', async (_, mode, source) => {
    const plan = await compile(source);
    expect(plan.mode, plan.whyWhole.join()).toBe(mode);
    expect(plan.whyWhole.length > 0).toBe(mode === 'whole');
    expect(await differing(plan, record({}))).toBe(0);
  });

  it('repeats a part for each row of a list', async () => {
    const row =
      '<text x="120" y="0" font-size="40">{{item.subject}}</text><text x="900" y="0" font-size="40" text-anchor="end">{{item.mark}}</text>';
    const table = (each: string) =>
      svg(
        `${name}<text x="120" y="400" font-size="30" data-when="claims.marks">Marks</text><g transform="translate(0 460)"><g data-each="claims.marks" ${each}>${row}</g></g>`,
      );
    const marks = (count: number) => ({
      'claims.marks': Array.from({ length: count }, (_, at) => ({ subject: `Subject ${at}`, mark: `${90 + at}` })),
    });
    const plan = await compile(table('data-each-step="60" data-each-most="5"'));
    expect(plan.mode).toBe('hybrid');
    const records = [0, 1, 4].map((count) => record({}, { lists: marks(count) }));
    const documents = await printBuffers(renderer, plan, records);
    const read = await Promise.all(documents.map(words));
    expect(read.map((said) => said.filter((word) => word !== 'Ada Lovelace'))).toEqual([
      [],
      ['Marks', 'Subject 0', '90'],
      ['Marks', 'Subject 0', '90', 'Subject 1', '91', 'Subject 2', '92', 'Subject 3', '93'],
    ]);
    for (const [at, one] of records.entries()) expect(await differing(plan, one, documents[at])).toBe(0);
    const failed: unknown = await printBuffers(renderer, plan, [record({}, { lists: marks(6) })]).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(PrintFailed);
    expect((failed as PrintFailed).failures).toMatchObject([
      {
        reason: 'does-not-fit',
        message: expect.stringContaining('claims.marks has 6 rows and the template has room for 5') as string,
      },
    ]);
    const rows = await compile(
      html(
        '',
        '<h1>{{recipient.name}}</h1><table><tr data-each="claims.marks"><td>{{item.subject}}</td><td>{{item.mark}}</td></tr></table>',
      ),
    );
    const [three = Buffer.alloc(0)] = await printBuffers(renderer, rows, [record({}, { lists: marks(3) })]);
    expect((await words(three)).join(' ')).toBe('Ada Lovelace Subject 0 90 Subject 1 91 Subject 2 92');
  });

  it('refuses a text that runs into another one, with the measure, unless the template lets it', async () => {
    const line = (more: string) =>
      svg(
        `<text x="100" y="300" font-size="60">{{recipient.name}}</text><text x="1380" y="300" text-anchor="end" font-size="60" ${more}>{{achievement.name}}</text>`,
      );
    const values = { 'recipient.name': 'Maximiliana Wilhelmine Theodora', 'achievement.name': 'Foundations of Data' };
    const failed: unknown = await printBuffers(renderer, await compile(line('')), [record(values)]).catch(
      (error: unknown) => error,
    );
    expect((failed as PrintFailed).failures[0]?.message).toMatch(
      /recipient\.name is \d+ wide and runs into that of achievement\.name, which leaves it \d+/,
    );
    expect(await printBuffers(renderer, await compile(line('')), [record({})])).toHaveLength(1);
    expect(await printBuffers(renderer, await compile(line('fill-opacity=".1"')), [record(values)])).toHaveLength(1);
  });

  it('keeps a plan as bytes, from which a fresh browser prints what a used one does', async () => {
    const fitted = 'x="740" text-anchor="middle" data-fit-width="1300" data-wrap="3" data-fit-height="200"';
    const plan = await compile(
      svg(
        `<text ${fitted} y="300" font-size="110" letter-spacing="3">{{recipient.name}}</text><text ${fitted} y="480" font-size="50">{{achievement.name}}</text><g data-when="completion.score"><text x="200" y="600" font-size="40">Score: {{completion.score}}</text></g><text x="200" y="680" font-size="40">{{certificate.number}}<tspan data-when="batch.name">, {{batch.name}}</tspan></text>`,
      ),
    );
    expect(plan.mode, plan.whyWhole.join()).toBe('hybrid');
    const bytes = writePlan(plan);
    expect(writePlan(plan).equals(bytes)).toBe(true);
    const long = 'Maximiliana Wilhelmine Theodora von Hohenlohe-Waldenburg-Schillingsfürst';
    const named = (name: string) => record({ 'recipient.name': name, 'achievement.name': name });
    const strange = [long, '王小明', 'محمد چوہدری ہے', `${long} the Younger`].map(named);
    // A page that is filled again must not show how it was filled before, with the same parts or with others.
    const less = record({ 'recipient.name': '', 'completion.score': '93', 'batch.name': 'B' });
    const records = [named('Ada'), named('Grace'), named('Mary'), named(long), less];
    for (const run of [strange, [less, ...strange], strange]) await printBuffers(renderer, plan, run);
    const other = await Renderer.start({ browserPath: await provideBrowser(), noSandbox: true, log: quiet });
    try {
      expect(other.engine).toBe(renderer.engine);
      const read = readPlan(bytes, other.engine);
      expect(read).toEqual(plan);
      const [used, fresh] = [await printBuffers(renderer, plan, records), await printBuffers(other, read, records)];
      expect(used.map((pdf, at) => pdf.equals(fresh[at] ?? Buffer.alloc(0)))).toEqual(records.map(() => true));
      await expect(printBuffers(other, { ...read, engine: 'older' }, records)).rejects.toThrow(PlanUnknown);
    } finally {
      await other.close();
    }
  });
});
