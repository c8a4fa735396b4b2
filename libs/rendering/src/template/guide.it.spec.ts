import { readFileSync } from 'node:fs';
import { createCanvas } from '@napi-rs/canvas';
import { provideBrowser } from '@laurel/testing';
import jsqr from 'jsqr';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fontFolders } from '../fonts/font-folders.ts';
import { Renderer } from '../print/renderer.ts';
import { slotName } from '../slots/slot-name.ts';
import { checkTemplate } from './check-template.ts';
import { printBuffers } from '../pdf/print-buffers.spec.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const guide = read('../../../../docs/templates.md');
/** The examples of a kind, as they stand in the guide. */
const examples = (kind: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
const [svg = ''] = examples('svg');
const [html = ''] = examples('html');
const record = {
  values: {
    'recipient.name': 'Nguyễn Thị Ánh Tuyết',
    'achievement.name': 'Foundations of Data',
    'issuer.name': 'Academy of Open Science',
    'certificate.number': 'ACME-2026-000142',
    'certificate.issuedOn': '21 November 2026',
    'completion.completedOn': '18 November 2026',
    'completion.score': '92',
    'signatories.0.name': 'Grace Hopper',
    'signatories.0.title': 'Head of Examinations',
  },
  lists: {
    'claims.marks': [
      { subject: 'Algebra', mark: 'A' },
      { subject: 'Botany', mark: 'B+' },
    ],
  },
  qr: 'https://certs.example.org/v/4fHk29sKdLq8PzXw7Tn',
  title: 'Certificate',
};

async function look(pdf: Buffer): Promise<{ text: string; code: string | undefined }> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const page = await (await task.promise).getPage(1);
  const { items } = await page.getTextContent();
  const viewport = page.getViewport({ scale: 2 });
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
  await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise;
  const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const code = jsqr.default(new Uint8ClampedArray(data), width, height)?.data;
  await task.destroy();
  return {
    text: items
      .map((item) => ('str' in item ? item.str : ''))
      .join(' ')
      .replace(/\s+/g, ' '),
    code,
  };
}

describe('the guide for designers', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await Renderer.start({
      browserPath: await provideBrowser(),
      noSandbox: true,
      log: { info: () => undefined, warn: () => undefined },
    });
  });
  afterAll(() => renderer.close());

  it.each([
    [
      'image/svg+xml' as const,
      svg,
      ['is awarded to', 'Completed on 18 November 2026, with a score of 92 %', 'Head of Examinations'],
    ],
    ['text/html' as const, html, ['Algebra A Botany B+', 'has passed Foundations of Data']],
  ])('shows a template of %s that can be published, and prints', async (mediaType, source, said) => {
    const template = { mediaType, source };
    expect(checkTemplate(template)).toEqual([]);
    const { findings, longest } = await renderer.inspect(template);
    expect(findings).toEqual([]);
    expect(longest[0]?.characters).toBeGreaterThan(40);
    const [pdf = Buffer.alloc(0)] = await printBuffers(renderer, await renderer.compile(template), [record]);
    const { text, code } = await look(pdf);
    for (const words of [
      ...said,
      ...['recipient.name', 'achievement.name', 'certificate.number'].map(
        (slot) => record.values[slot as 'recipient.name'],
      ),
    ])
      expect(text).toContain(words);
    expect(text).toContain('certs.example.org/v/4fHk29sKdLq8PzXw7Tn');
    expect(code).toBe(record.qr);
  });

  it('has small examples that may stand in a template', () => {
    const parts = examples('xml');
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts)
      expect(checkTemplate({ mediaType: 'image/svg+xml', source: svg.replace('</svg>', `${part}</svg>`) })).toEqual([]);
  });

  it('names every slot, every kind of finding and every font that there is, and no other', () => {
    const slots = [...guide.matchAll(/\{\{([\w.-]+)\}\}|\$\{(\w+)\}/g)].map(
      ([, braces, dollar]) => braces ?? dollar ?? '',
    );
    expect(slots.filter((slot) => slotName(slot) === undefined)).toEqual([]);
    const known = [...read('../slots/slot-name.ts').matchAll(/^ {2}(?:'([\w.]+)',|'?([\w.]+)'?: ')/gm)].map(
      ([, name, sunbird]) => name ?? sunbird ?? '',
    );
    expect(known.length).toBeGreaterThan(30);
    // Those of Sunbird's second signatory are told of together.
    const told = known.filter((name) => !name.startsWith('signatory1'));
    expect(told.filter((name) => !slots.includes(name) && !['certificateNum'].includes(name))).toEqual([]);
    const rules = [...read('./template-finding.ts').matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, rule = '']) => rule);
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter((rule) => !new RegExp(`^\\| .*\`${rule}\`.* \\|`, 'm').test(guide))).toEqual([]);
    const families = fontFolders().join('\n').toLowerCase();
    for (const [, family = ''] of guide.matchAll(/\*\*([A-Z][\w\s]+?)\*\* \((?!\d+ mm)/g))
      expect(families).toContain(family.toLowerCase().replace(/\s+/g, '-'));
  });
});
