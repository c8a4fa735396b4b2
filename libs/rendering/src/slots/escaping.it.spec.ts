import { provideBrowser } from '@laurel/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Renderer } from '../print/renderer.ts';
import { toPages } from '../print/to-pages.ts';
import { checkTemplate } from '../template/check-template.ts';
import { parseSlots } from './parse-slots.ts';
import type { BrowserPool } from '../browser/browser-pool.ts';

const quiet = { info: () => undefined, warn: () => undefined };
const NAME = '{{recipient.name}}';
/** Every place where a text slot may stand. */
const TEMPLATES = [
  {
    mediaType: 'image/svg+xml' as const,
    source: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2970 2100" width="297mm" height="210mm" aria-label="${NAME}">
<title>${NAME}</title><desc>Of ${NAME}</desc><rect data-slot="qr" x="9" y="9" width="300" height="300"/>
<text x="99" y="500" font-size="9" lang="${NAME}">${NAME}</text><text x="99" y="600" font-size="9"><![CDATA[<b>${NAME}</b>]]></text>
<text x="99" y="700" font-size="9">No. <tspan aria-label="\${recipientName}">${NAME}</tspan>, &lt;i&gt;${NAME}&lt;/i&gt;</text>
<g data-each="claims.a" data-each-step="60" data-each-most="3"><text x="99" y="900" font-size="9">{{item.b}}</text><text x="99" y="950">{{item.constructor}}</text></g>
<text x="99" y="1300" font-size="9" data-when="recipient.name">&#123;{recipient.name}}</text>
</svg>`,
  },
  {
    mediaType: 'text/html' as const,
    source: `<!doctype html><html lang="${NAME}"><head><style>@page{size:A4}body{font-size:4px}</style></head><body title="${NAME}">
<div data-slot="qr" style="width:30mm;height:30mm"></div><h1>${NAME}</h1><p title='${NAME}' aria-label=${NAME}>Of <b>${NAME}</b>, &lt;i>${NAME}&lt;/i></p>
<table><tr data-each="claims.a"><td>{{item.b}}</td><td>{{item.constructor}}</td><td lang="{{item.b}}">${NAME}</td></tr></table><div style="display:flex">${NAME}</div>
<svg viewBox="0 0 9 9" width="90"><text y="5" font-size="1">${NAME}</text></svg>
</body></html>`,
  },
];
const ATTACKS = [
  ...[
    '</text>',
    '</svg>',
    '</p>',
    '<script>x()</script>',
    '<img src=x onerror=x()>',
    '" onload="x()',
    "' onclick='x()",
    '" style="fill:red',
    ']]>',
    '-->',
    '<!--',
    '<![CDATA[',
  ],
  ...[
    '&lt;',
    '&#60;script&#62;',
    '&quot;',
    '<style>*{display:none}</style>',
    '{{recipient.name}}',
    '${recipientName}',
    '{{item.b}}',
    '\\3c b\\3e',
    'javascript:x()',
    'url(http://x.example)',
  ],
  ...['\u2028', '\0', '\u001f', '\ud800', '\u202e', '<', '>', '"', "'", '&', '`', '='],
];

describe('a value', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await Renderer.start({ browserPath: await provideBrowser(), noSandbox: true, log: quiet });
  });
  afterAll(() => renderer.close());

  it.each(TEMPLATES)(
    'is a text in every place of $mediaType where a slot may stand, whatever is in it',
    async (template) => {
      expect(checkTemplate(template).filter(({ level }) => level === 'error')).toEqual([]);
      const words = fc.array(fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ maxLength: 6 })), {
        minLength: 1,
        maxLength: 4,
      });
      const values = fc.sample(words, { numRuns: 60, seed: 5 }).map((parts) => `a${parts.join('')}`);
      const run = toPages(
        ['plain', ...ATTACKS.map((attack) => `a${attack}`), ...values].map((value) => ({
          values: { 'recipient.name': value },
          lists: { 'claims.a': [{ b: value }, { b: value }] },
          qr: 'https://certs.example.org/v/1',
          title: 'A',
        })),
      );
      const content = { key: 'escaping', images: {}, ...template };
      const pool: BrowserPool = renderer['pool'];
      const pages = await pool.use('escaping', async (page) => {
        const { parsed } = await page.load(content, parseSlots);
        await page.fill({ ...content, texts: parsed, pairs: [] }, run.pages, run.images, 'whole', false);
        return page.page.evaluate(() =>
          (globalThis.laurel?.pages ?? []).map((page) => ({
            // What a value may change: spoken attributes, and how letters are fitted and drawn.
            structure: [page, ...page.querySelectorAll('*')].map((element) =>
              [
                element.namespaceURI,
                element.localName,
                ...[...element.attributes]
                  .map(({ name, value }) =>
                    /^(?:lang|title|aria-label|style)$/.test(name) ? name : `${name}=${value}`,
                  )
                  .filter((name) => name !== 'style'),
              ].join(' '),
            ),
            texts: [...page.querySelectorAll('h1, b, td:first-child, title, tspan, text:not(:has(*))')].map(
              ({ textContent }) => textContent,
            ),
            whole: page.textContent,
            spoken: [...page.querySelectorAll('[aria-label]')].map((element) => element.getAttribute('aria-label')),
          })),
        );
      });
      const [plain] = pages;
      expect(plain?.structure.length).toBeGreaterThan(10);
      pages.forEach(({ structure, texts, spoken, whole }, at) => {
        const value = run.pages[at]?.values['recipient.name'] ?? '';
        expect(structure, value).toEqual(plain?.structure);
        expect(texts.filter((text) => text === value).length, value).toBeGreaterThan(2);
        expect(whole).not.toContain('native code');
        expect(spoken.length, value).toBeGreaterThan(0);
        for (const text of spoken) expect(text).toBe(value);
      });
    },
  );
});
