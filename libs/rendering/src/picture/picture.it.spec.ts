import { crc32 } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { provideBrowser } from '@laurel/testing';
import { type Browser, type CDPSession, launch, type Page } from 'puppeteer';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrintFailed } from '../print/print-failed.ts';
import type { PrintRecord } from '../print/print-record.ts';
import type { RenderPlan } from '../print/render-plan.ts';
import { Renderer } from '../print/renderer.ts';
import { findFonts } from './find-fonts.ts';
import { PictureRefused } from './picture-refused.ts';

const quiet = { info: () => undefined, warn: () => undefined };
/** All that changes how a letter looks: weights that there are not, features, case, several scripts in a line, a baseline of the first font, styles for paper. */
const source = `<?xml version="1.0"?><!-- a remark of the designer --><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200mm" height="100mm" viewBox="0 0 2000 1000">
<title>Draft 7</title>
<style>.name{font-family:Cinzel,serif;font-weight:500}.loud{text-transform:uppercase;font-style:italic}@media print{.only{fill:#060}}@media screen{.only{display:none}}.old{font-variant-numeric:oldstyle-nums;font-variant-caps:small-caps}</style>
<defs><g id="mark"><circle r="30" fill="#b80"/></g></defs><use xlink:href="#mark" x="1900" y="60"/>
<text x="60" y="120" font-size="70" class="loud">Straße of {{achievement.name}}</text>
<text x="60" y="300" font-size="120" class="name" data-fit-width="1500" data-wrap="2">{{recipient.name}}</text>
<text x="60" y="480" font-size="70" class="only" dominant-baseline="middle">{{course.title}}</text>
<text x="60" y="640" font-size="70" class="old" font-weight="700">No. 1234567890 <tspan font-family="Source Sans 3" font-weight="300" fill="#a00">{{certificate.number}}</tspan></text>
<g data-when="batch.name"><text x="60" y="780" font-size="60">({{batch.name}}) [{{claims.note}}]</text></g>
<rect data-slot="qr" x="1500" y="500" width="450" height="450"/></svg>`;
const html =
  '<!doctype html><style>@page{size:100mm 50mm}body{font:40px serif}</style><p>{{recipient.name}}</p><div data-slot="qr" style="width:25mm;height:25mm"></div>';
const hostile = {
  'recipient.name': `</text><script>alert(1)</script><image href="https://evil.example/x"/>`,
  'achievement.name': `]]> &amp; & "quoted' <!-- --> <?x?> \ufffe\uffff`,
  'course.title': 'प्रौद्योगिकी',
  'certificate.number': '"><svg onload="x()">',
  'batch.name': 'דוד (בן) گوهر',
  'claims.note': 'e\u0301 ﬁ 2 < 3',
};
/** What the template and we draw with. */
const drawn = new Set(['svg', 'title', 'desc', 'style', 'defs', 'g', 'circle', 'use', 'text', 'tspan', 'rect', 'path']);
const record = (more: Partial<PrintRecord> = {}): PrintRecord => ({
  values: hostile,
  qr: 'https://certs.example.org/v/4fHk29sKdLq8PzXw7TnaB3',
  title: 'A <b>title</b> & ]]>',
  ...more,
});
const attachment = (text: string, mediaType = 'application/vc+jwt') => ({
  attachment: { name: 'c', mediaType, bytes: Buffer.from(text), description: 'c', modifiedAt: new Date(0) },
});

/** The chunks of a PNG, whose sums have to be right. */
function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let at = 8; at < png.length;) {
    const end = at + 8 + png.readUInt32BE(at);
    expect(png.readUInt32BE(end)).toBe(crc32(png.subarray(at + 4, end)));
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** What stands in an SVG, which has to be well-formed: elements with their attributes, and texts. */
function read(svg: Buffer) {
  const elements: { name: string; attributes: Record<string, string> }[] = [];
  const texts: string[] = [];
  const cdata: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => expect.fail(error.message));
  parser.on('opentag', ({ name, attributes }) =>
    elements.push({
      name,
      attributes: Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value])),
    }),
  );
  parser.on('text', (text) => texts.push(text));
  parser.on('cdata', (text) => cdata.push(text));
  parser.write(svg.toString()).close();
  return { elements, texts, cdata };
}

describe('a picture of a certificate', { timeout: 60_000 }, () => {
  let renderer: Renderer;
  let bare: Browser;
  let page: Page;
  let session: CDPSession;
  let plan: RenderPlan;
  beforeAll(async () => {
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
    session = await page.createCDPSession();
    plan = await renderer.compile({ mediaType: 'image/svg+xml', source });
  });
  afterAll(async () => {
    await Promise.all([renderer.close(), bare.close()]);
  });

  it('as PNG has the width that was asked for, the proportions of the paper, and the same bytes every time', async () => {
    const [usual, again, small, large] = await Promise.all([
      renderer.picture(plan, record(), { format: 'png' }),
      renderer.picture(plan, record(), { format: 'png' }),
      renderer.picture(plan, record(), { format: 'png', width: 400 }),
      renderer.picture(plan, record(), { format: 'png', width: 2400 }),
    ]);
    const sizes = [usual, small, large].map((png) => [png.readUInt32BE(16), png.readUInt32BE(20)]);
    expect(sizes).toEqual([
      [1200, 600],
      [400, 200],
      [2400, 1200],
    ]);
    expect(again.equals(usual)).toBe(true);
    const chunks = chunksOf(usual);
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'sRGB', 'pHYs', 'IDAT', 'IEND']);
    // 1200 pixels on 200 mm.
    expect(chunks[2]?.data.readUInt32BE(0)).toBe(6000);
  });

  it('carries the credential as Open Badges 3.0 bakes it', async () => {
    const jws = 'eyJh.eyJp.c2ln-_';
    const json = JSON.stringify({ name: 'a]]>b ü' });
    for (const text of [jws, json]) {
      const png = await renderer.picture(plan, record(attachment(text)), { format: 'png', width: 400 });
      const baked = chunksOf(png).filter(({ type }) => type === 'iTXt');
      expect(baked.map(({ data }) => data.toString())).toEqual([`openbadgecredential\0\0\0\0\0${text}`]);
    }
    const signed = read(await renderer.picture(plan, record(attachment(jws)), { format: 'svg' }));
    expect(signed.elements[0]?.attributes['xmlns:openbadges']).toBe('https://purl.imsglobal.org/ob/v3p0');
    expect(signed.elements[1]).toEqual({ name: 'openbadges:credential', attributes: { verify: jws } });
    const embedded = read(await renderer.picture(plan, record(attachment(json, 'application/vc')), { format: 'svg' }));
    expect(embedded.elements[1]).toEqual({ name: 'openbadges:credential', attributes: {} });
    expect(embedded.cdata.map((text) => JSON.parse(text) as unknown)).toEqual([{ name: 'a]]>b ü' }]);
  });

  it('as SVG is one file: values are text and nothing else, nothing is loaded, and nothing of ours is left in it', async () => {
    const svg = await renderer.picture(plan, record(), { format: 'svg' });
    const { elements, texts } = read(svg);
    expect(elements.slice(0, 4).map(({ name }) => name)).toEqual(['svg', 'title', 'desc', 'style']);
    expect(elements[0]?.attributes).toMatchObject({ width: '200mm', height: '100mm', viewBox: '0 0 2000 1000' });
    const names = new Set(elements.map(({ name }) => name));
    expect([...names].filter((name) => !drawn.has(name))).toEqual([]);
    for (const { attributes } of elements) {
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).not.toMatch(/^on|^data-/i);
        if (/href$/.test(name)) expect(value).toMatch(/^#|^data:/);
      }
    }
    const all = texts.join('\n');
    const spoken = all.replaceAll(/\s+/g, '');
    for (const [slot, value] of Object.entries(hostile))
      expect(spoken, slot).toContain(value.replaceAll(/[\s\ufffe\uffff]+/g, ''));
    expect(all).not.toContain('Draft 7');
    const bare = svg.toString().replaceAll(/base64,[^)]*/g, '');
    expect(bare).not.toMatch(
      /laurel|remark of the designer|\burl\((?!"?(?:data:font\/woff;\)|#))|https?:\/\/(?!www\.w3\.org\/|certs\.example\.org\/|evil\.example\/x"\/&gt;)/i,
    );
    expect(texts[texts.indexOf('A <b>title</b> & ]]>')]).toBe('A <b>title</b> & ]]>');
    expect(svg.equals(await renderer.picture(plan, record(), { format: 'svg' }))).toBe(true);
  });

  it('as SVG looks as the PNG does wherever it is opened, with the letters that it brought and no others', async () => {
    const values = {
      ...hostile,
      'achievement.name': 'Fjord & “ﬁn”',
      'recipient.name': 'Ådam Łukasz Żółć-Ивановић of the Long and Winding Name',
    };
    const png = await renderer.picture(plan, record({ values }), { format: 'png', width: 1000 });
    const svg = await renderer.picture(plan, record({ values }), { format: 'svg' });
    await page.goto(`data:image/svg+xml;base64,${svg.toString('base64')}`);
    await page.evaluate(() => {
      document.documentElement.setAttribute('width', '1000');
      document.documentElement.setAttribute('height', '500');
      // For findFonts, which looks into a page of ours.
      document.documentElement.setAttribute('class', 'laurel-page');
    });
    const shown = await page.screenshot({
      clip: { x: 0, y: 0, width: 1000, height: 500 },
      captureBeyondViewport: true,
    });
    const [one, other] = await Promise.all(
      [png, Buffer.from(shown)].map(async (bytes) => {
        const canvas = createCanvas(1000, 500);
        canvas.getContext('2d').drawImage(await loadImage(bytes), 0, 0);
        return canvas.getContext('2d').getImageData(0, 0, 1000, 500).data;
      }),
    );
    const far = [...(one ?? [])].filter((value, at) => Math.abs(value - (other?.[at] ?? 0)) > 64).length;
    expect(far).toBeLessThan(200);
    const fonts = new Set((await findFonts(session)).flat());
    expect(fonts.size).toBeGreaterThan(6);
    const brought = [...svg.toString().matchAll(/@font-face\{font-family:"([^"]+)"/g)].map(([, name]) => name);
    expect([...fonts].filter((name) => !brought.some((family) => family?.startsWith(name)))).toEqual([]);
    // Cut: all these scripts in less than a fifth of the smallest whole font.
    expect(svg.length).toBeLessThan(120_000);
  });

  it('is refused with a reason where there can be none', async () => {
    const page = await renderer.compile({ mediaType: 'text/html', source: html });
    const ada = record({ values: { 'recipient.name': 'Ada' } });
    const refused = await renderer.picture(page, ada, { format: 'svg' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PictureRefused);
    expect(refused).toMatchObject({ reason: 'no-svg', message: expect.stringContaining('PNG') as string });
    for (const width of [0, 2401, 1.5, Number.NaN]) {
      await expect(renderer.picture(page, ada, { format: 'png', width })).rejects.toMatchObject({ reason: 'width' });
    }
    const png = await renderer.picture(page, ada, { format: 'png', width: 1000 });
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1000, 500]);
    const wide = record({ values: { 'recipient.name': 'W'.repeat(400) } });
    for (const format of ['png', 'svg'] as const) {
      const failed = await renderer.picture(plan, wide, { format }).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(PrintFailed);
      expect(failed).toMatchObject({ reason: 'does-not-fit', index: 0 });
    }
    const long = record({ qr: 'x'.repeat(4000) });
    await expect(renderer.picture(plan, long, { format: 'png' })).rejects.toMatchObject({ reason: 'refused' });
    // Nothing of that is left in the page.
    expect((await renderer.picture(page, ada, { format: 'png', width: 1000 })).equals(png)).toBe(true);
  });
});
