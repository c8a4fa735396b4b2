import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { builtInTemplates } from '../designs/built-in-templates.ts';
import { fontFolders } from '../fonts/font-folders.ts';
import { checkTemplate } from './check-template.ts';
import { pngOutline } from './png-outline.ts';
import { templateSlots } from './template-slots.ts';

const QR = '<rect data-slot="qr" width="80" height="80"/>';
/** What every certificate should say, so that a test finds what it looks for and nothing else. */
const SAID = '{{recipient.name}}, {{achievement.name}}, {{certificate.issuedOn}}, {{certificate.number}}';
const svg = (inside: string, more = '') =>
  ({
    mediaType: 'image/svg+xml',
    source: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595"${more}>\n${QR}<text y="99">${SAID}</text>\n${inside}</svg>`,
  }) as const;
const html = (inside: string) =>
  ({
    mediaType: 'text/html',
    source: `<!doctype html><html><head><meta charset="utf-8"></head><body>\n<div data-slot="qr"></div><p>${SAID}</p>\n${inside}</body></html>`,
  }) as const;
const PNG = `data:image/png;base64,${pngOutline(600, 400).toString('base64')}`;
const FONT = `data:font/ttf;base64,${readFileSync(
  join(fontFolders()[0] ?? '', readdirSync(fontFolders()[0] ?? '').find((file) => file.endsWith('.ttf')) ?? ''),
)
  .subarray(0)
  .toString('base64')}`;

describe('checkTemplate', () => {
  it.each(builtInTemplates.map((template) => [template.id, template] as const))('lets %s in', (_, template) => {
    expect(checkTemplate(template)).toEqual([]);
    expect(templateSlots(template)).toEqual(
      expect.arrayContaining(['recipient.name', 'signatories.1.signature', 'qr']),
    );
  });

  it.each([
    [
      'shapes, gradients, local links',
      svg(
        `<defs><linearGradient id="g"/></defs><rect fill="url(#g)"/><use href="#g"/><image href="${PNG}" width="200" height="133"/>`,
      ),
    ],
    [
      'styles with pictures and fonts inside',
      html(
        `<style>@font-face{font-family:x;src:url(${FONT})} p{background:url(${PNG})}</style><p>{{recipient.name}}</p>`,
      ),
    ],
    [
      'picture slots',
      html('<img src="{{signatories.0.signature}}" alt="{{signatories.0.name}}"><img src="${qrCodeImage}">'),
    ],
  ])('lets in %s', (_, template) => expect(checkTemplate(template)).toEqual([]));

  it.each([
    ['script', svg('<script>1</script>'), 'script'],
    ['a prefix that nobody declared, which no browser reads', svg('<x:g/>'), 'well-formed'],
    ['script in a namespace', svg('<s:script xmlns:s="http://www.w3.org/2000/svg"/>'), 'script'],
    ['an event handler', svg('<rect onclick="x()"/>'), 'script'],
    ['a javascript: link with a tab', svg('<a href="java\tscript:x()">a</a>'), 'script'],
    ['foreignObject', svg('<foreignObject/>'), 'element'],
    ['an animation', svg('<rect><set attributeName="href" to="http://x.example"/></rect>'), 'element'],
    ['an external use', svg('<use href="http://x.example/a.svg#b"/>'), 'external-reference'],
    [
      'an external picture',
      svg('<image xlink:href="http://x.example/a.png" xmlns:xlink="http://www.w3.org/1999/xlink"/>'),
      'external-reference',
    ],
    ['an external filter picture', svg('<filter><feImage href="//x.example/a"/></filter>'), 'external-reference'],
    ['a link', svg('<a href="https://x.example">a</a>'), 'external-reference'],
    ['an external style', svg('<rect style="fill:url(http://x.example/a#b)"/>'), 'external-reference'],
    ['an external paint', svg('<rect fill="url(http://x.example/a#b)"/>'), 'external-reference'],
    ['an escaped url()', svg('<style>rect{fill:\\75rl(http://x.example)}</style>'), 'external-reference'],
    ['an import', svg('<style>@im/**/port "x.css"; @import "http://x.example"</style>'), 'external-reference'],
    [
      'a style sheet instruction',
      {
        mediaType: 'image/svg+xml',
        source: `<?xml-stylesheet href="http://x.example"?><svg viewBox="0 0 842 595">${QR}</svg>`,
      } as const,
      'external-reference',
    ],
    ['an SVG picture', svg('<image href="data:image/svg+xml,&lt;svg/&gt;"/>'), 'data-type'],
    [
      'an entity',
      {
        mediaType: 'image/svg+xml',
        source: `<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 842 595">${QR}</svg>`,
      } as const,
      'doctype',
    ],
    ['an iframe', html('<iframe srcdoc="x"></iframe>'), 'element'],
    ['an object', html('<object data="http://x.example"></object>'), 'element'],
    ['an embed', html('<embed src="http://x.example">'), 'element'],
    ['a style sheet', html('<link rel="stylesheet" href="http://x.example">'), 'element'],
    ['a base', html('<base href="http://x.example">'), 'element'],
    ['a refresh', html('<meta http-equiv="refresh" content="0;url=http://x.example">'), 'element'],
    ['a form', html('<form action="http://x.example"></form>'), 'element'],
    ['a hidden script', html('<template><script>1</script></template>'), 'script'],
    ['a set of pictures', html('<img srcset="http://x.example 2x">'), 'external-reference'],
    ['a font', html('<style>@font-face{font-family:x;src:url(//x.example/f.woff2)}</style>'), 'external-reference'],
    ['an unknown slot', svg('<text>{{recipient.nmae}}</text>'), 'unknown-slot'],
    ['a helper of another language', svg('<text>{{#if a}}</text>'), 'unknown-slot'],
    ['a condition on nothing', svg('<g data-when="signatory"/>'), 'unknown-slot'],
    ['a value as an address', svg('<image href="{{recipient.name}}"/>'), 'slot-place'],
    ['a value in a style', svg('<rect style="fill:{{claims.colour}}"/>'), 'slot-place'],
    ['a picture as text', svg('<text>{{signatories.0.signature}}</text>'), 'slot-place'],
    ['a small QR code', svg('<g transform="scale(.5)"><rect data-slot="qr" width="100" height="100"/></g>'), 'qr'],
    ['a small QR code of HTML', html('<div data-slot="qr" style="width:15mm;height:15mm"></div>'), 'qr'],
  ])('refuses %s', (_, template, rule) => {
    const findings = checkTemplate(template);
    expect(new Set(findings.map((finding) => finding.rule))).toContain(rule);
    for (const { reason, advice } of findings) expect([reason, advice].every((text) => text.endsWith('.'))).toBe(true);
  });

  it('says where, and everything at once', () => {
    const findings = checkTemplate(
      svg('<text>ok</text>\n  <script/>\n<rect x="1" onload="a"/>\n<text>a {{nothing}}</text>'),
    );
    expect(findings.map(({ line, column, rule }) => [line, column, rule])).toEqual([
      [4, 3, 'script'],
      [5, 13, 'script'],
      [6, 9, 'unknown-slot'],
    ]);
    expect(checkTemplate(html('<p>\n <b onclick=a>x</b></p>'))).toEqual([
      expect.objectContaining({ line: 4, column: 5, rule: 'script' }),
    ]);
  });

  it('names the place where XML breaks, and what is no template at all', () => {
    const [broken] = checkTemplate({
      mediaType: 'image/svg+xml',
      source: '<svg viewBox="0 0 900 900">\n<text>A & B</text></svg>',
    });
    expect(broken).toMatchObject({ line: 2, rule: 'well-formed' });
    expect(checkTemplate({ mediaType: 'image/svg+xml', source: '<html/>' }).map(({ rule }) => rule)).toContain('kind');
    expect(checkTemplate({ mediaType: 'text/html', source: 'PK\u0003\u0004' }).map(({ rule }) => rule)).toContain(
      'kind',
    );
    expect(checkTemplate({ mediaType: 'application/pdf', source: '' }).map(({ rule }) => rule)).toEqual(['kind']);
    expect(checkTemplate(svg(' '.repeat(4 * 1024 * 1024))).map(({ rule }) => rule)).toEqual(['size']);
    expect(
      checkTemplate({ mediaType: 'image/svg+xml', source: '<svg viewBox="0 0 9 9"/>' }).map(({ rule }) => rule),
    ).toEqual(['qr', 'missing-slot', 'missing-slot', 'missing-slot', 'missing-slot']);
  });

  it('refuses what grows without end', () => {
    const level = (at: number) => `<g id="a${at}">${`<use href="#a${at - 1}"/>`.repeat(10)}</g>`;
    const bomb = svg(`<g id="a0"><rect/></g>${[1, 2, 3, 4, 5, 6].map(level).join('')}`);
    expect(checkTemplate(bomb).map(({ rule }) => rule)).toEqual(['expansion']);
    expect(checkTemplate(svg('<g id="a"><use href="#a"/></g>')).map(({ rule }) => rule)).toEqual(['expansion']);
    expect(checkTemplate(html('<div>'.repeat(20_000))).map(({ rule }) => rule)).toEqual(['expansion']);
  });

  it.each([
    ['open comments', svg(`<style>${'/*'.repeat(200_000)}</style>`)],
    ['open addresses', svg(`<style>${'url('.repeat(150_000)}</style>`)],
    ['open slots', svg(`<text>${'{{ '.repeat(200_000)}</text>`)],
    ['spaces in a slot', svg(`<text>{{${' '.repeat(1_200_000)}</text>`)],
    ['many elements', svg('<g/>'.repeat(100_000))],
    ['comments before HTML', { mediaType: 'text/html', source: '<!---->'.repeat(100_000) } as const],
  ])('judges 600 kB of %s in a moment', { timeout: 60_000 }, (_, template) => {
    const start = process.threadCpuUsage();
    checkTemplate(template);
    expect(process.threadCpuUsage(start).user).toBeLessThan(5_000_000);
  });

  it('stands without a browser', () => {
    const seen = new Set<string>();
    const read = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) {
        expect(from).not.toMatch(/^puppeteer/);
        if (from.startsWith('.')) read(join(dirname(file), from));
      }
    };
    read(fileURLToPath(new URL('../templates.ts', import.meta.url)));
    expect(seen.size).toBeGreaterThan(15);
  });
});
