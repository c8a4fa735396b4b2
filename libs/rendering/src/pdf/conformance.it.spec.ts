import { createHash } from 'node:crypto';
import { createCanvas } from '@napi-rs/canvas';
import { judgePdfs, provideBrowser } from '@laurel/testing';
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInTemplates } from '../designs/built-in-templates.ts';
import { compileOnce } from '../designs/compile-once.spec.ts';
import type { PrintRecord } from '../print/print-record.ts';
import type { RenderPlan } from '../print/render-plan.ts';
import { Renderer } from '../print/renderer.ts';
import { printBuffers } from './print-buffers.spec.ts';

const quiet = { info: () => undefined, warn: () => undefined };
/** A name in each writing system that the pinned fonts draw, and one with a character that none has. */
const NAMES = [
  'Ada O’Brien & “Søn”',
  'Nguyễn Thị Ngọc Ánh',
  'Γιώργος Παπαδόπουλος',
  'Мария Шарапова',
  'श्रीकृष्ण शर्मा',
  'অনন্যা চট্টোপাধ্যায়',
  'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ',
  'ભાવના પટેલ',
  'ପ୍ରିୟଙ୍କା ଦାସ',
  'கார்த்திகேயன்',
  'శ్రీనివాస్ రావు',
  'ಲಕ್ಷ್ಮೀ ನಾರಾಯಣ',
  'ശ്രീകുമാർ നായർ',
  'محمد السلامي',
  'عائشہ صدیقی',
  'דוד בן־גוריון',
  'สมชาย ใจดี',
  'សុខ វណ្ណា',
  'ສົມຊາຍ ໃຈດີ',
  'အောင်ဆန်း',
  '王小明',
  '山田さくら',
  '김철수',
  'Zoë 🎉',
];
const name = (at: number) => NAMES[at % NAMES.length] ?? '';
const pair = (at: number) => `${name(at)}, ${name(at + 1)}`;
const attachment = {
  name: 'credential.jsonld',
  mediaType: 'application/ld+json',
  bytes: Buffer.from(
    '{"proof": "z58DAdFfa9SkqZMVPxAQpic7ndSayn1PzZs6ZjWp1CktyGesjuTSwRdoWhAfGFCF5bppETSTojQCrfFPP2oumHKtz"}',
  ),
  description: 'The signed credential',
  modifiedAt: new Date('2026-11-21T10:20:30Z'),
};

/** Two names for each field, so that two records show every writing system. */
const record = (at: number): PrintRecord => ({
  values: {
    'recipient.name': pair(at),
    'achievement.name': pair(at + 2),
    'issuer.name': pair(at + 4),
    'course.title': pair(at + 6),
    'signatories.0.name': pair(at + 8),
    'signatories.0.title': pair(at + 10),
    'certificate.number': `ACME-2026-${String(at).padStart(6, '0')}`,
    'certificate.issuedOn': '21 November 2026',
  },
  qr: `https://certs.example.org/v/4fHk29sKdLq8PzXw7Tn${at}`,
  title: `Certificate of ${name(at)}`,
  language: 'en-GB',
  attachment,
});
const latin = (name: string, at: number): PrintRecord => {
  const { values, ...rest } = record(0);
  const mine = { 'recipient.name': name, 'certificate.number': `N-${at}`, 'achievement.name': 'Data, clean' };
  const others = { 'issuer.name': 'Academy', 'course.title': 'Course', 'signatories.0.name': 'Grace Hopper' };
  return { ...rest, values: { ...values, ...mine, ...others, 'signatories.0.title': 'Dean' }, title: `Of ${name}` };
};

interface Node {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly alt?: string;
  readonly children?: readonly Node[];
}
/** What a document says by its structure, and what the glyphs say that stand there. */
interface Said {
  readonly role: string;
  /** The text that the structure gives. */
  readonly text: string;
  readonly glyphs: string;
}

async function open(pdf: Buffer) {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  return { document, page: await document.getPage(1), close: () => task.destroy() };
}

/** Letters alone: a reader sets clusters and lines apart by spaces of its own. */
const letters = (text: string) => text.normalize('NFKC').replace(/[\s\u200b-\u200f]+/g, '');

/** Glyphs that run to the left stand in the order of the eye. */
const inOrder = (text: string) => (/[\u0590-\u08ff]/.test(text) ? [...letters(text)].sort().join('') : letters(text));

async function saidBy(page: PDFPageProxy, pdf: Buffer): Promise<{ said: Said[]; artifacts: string }> {
  const glyphs = new Map<string, string>();
  const within: (string | undefined)[] = [];
  let artifacts = '';
  for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
    if ('str' in item) {
      const id = within.findLast((id) => id !== undefined);
      if (id === undefined) artifacts += item.str;
      else glyphs.set(id, (glyphs.get(id) ?? '') + item.str);
    } else if (item.type === 'endMarkedContent') within.pop();
    else within.push('id' in item ? (item.id ?? undefined) : undefined);
  }
  expect(within).toEqual([]);
  const texts = [...pdf.toString('latin1').matchAll(/\/(?:ActualText|Alt) <FEFF([0-9A-F]*)>/g)].map(([, hex = '']) =>
    Buffer.from(hex, 'hex').swap16().toString('utf16le'),
  );
  const [document] = ((await page.getStructTree()) as Node).children ?? [];
  expect(document?.role).toBe('Document');
  const said = (document?.children ?? []).map(({ role = '', children = [] }, at) => {
    expect(children.map(({ type }) => type)).toEqual(['content']);
    return { role, text: texts[at] ?? '', glyphs: glyphs.get(children[0]?.id ?? '') ?? '' };
  });
  return { said, artifacts };
}

async function pixels(page: PDFPageProxy): Promise<Buffer> {
  const viewport = page.getViewport({ scale: 0.8 });
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
  await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise;
  return Buffer.from(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data);
}

describe('documents', () => {
  let renderer: Renderer;
  /** Each design, as it is compiled and without its layers. */
  const plans: { name: string; plan: RenderPlan }[] = [];
  beforeAll(async () => {
    renderer = await Renderer.start({ browserPath: await provideBrowser(), noSandbox: true, log: quiet });
    for (const template of builtInTemplates) {
      const { layers, ...plan } = await compileOnce(renderer, template);
      if (layers !== undefined) plans.push({ name: `${template.id} in layers`, plan: { ...plan, layers } });
      plans.push({ name: `${template.id} whole`, plan: { ...plan, mode: 'whole' } });
    }
    expect(plans.some(({ plan }) => plan.mode === 'hybrid')).toBe(true);
  });
  afterAll(() => renderer.close());

  it('are PDF/A-3b and PDF/UA-1: every design, in both modes, in every writing system', async () => {
    const made: { name: string; pdf: Buffer }[] = [];
    // Of each plan the one or the other: a document costs veraPDF a quarter of a second.
    for (const [at, { name, plan }] of plans.entries())
      for (const pdf of await printBuffers(renderer, plan, [record(at % 2 === 0 ? 0 : 12)])) made.push({ name, pdf });
    for (const pdf of await printBuffers(renderer, plans[0]?.plan ?? expect.fail('no design'), [record(12)]))
      made.push({ name: 'the other half of the writing systems', pdf });
    // From the third time on, what they have in common lies under them: see print/award-layers.ts.
    const { plan } = plans.find(({ name }) => name === 'classic in layers') ?? expect.fail('no layers');
    const alike = Array.from({ length: 8 }, () => record(12));
    for (let time = 0; time < 2; time++) await renderer.print(plan, alike);
    const [pdf = Buffer.alloc(0)] = await printBuffers(renderer, plan, alike);
    expect(/\/SF\d+ /.test(pdf.toString('latin1'))).toBe(true);
    made.push({ name: 'what is shared', pdf });
    const broken = await judgePdfs(made.map(({ pdf }) => pdf));
    expect(made.flatMap(({ name }, at) => (broken[at] ?? ['not judged']).map((rule) => `${name}: ${rule}`))).toEqual(
      [],
    );
  }, 120_000);

  it('say each text by its own tag, in reading order, and no text of another record', async () => {
    const names = ['Ada Lovelace', 'Alan Turing'];
    for (const { name, plan } of plans) {
      for (const [at, pdf] of (await printBuffers(renderer, plan, names.map(latin))).entries()) {
        const { document, page, close } = await open(pdf);
        const { said, artifacts } = await saidBy(page, pdf);
        for (const { role, text, glyphs } of said)
          if (role !== 'Figure') expect([name, inOrder(glyphs)]).toEqual([name, inOrder(text)]);
        const all = said.map(({ text }) => text).join('\n');
        for (const [other, name] of names.entries()) {
          expect(all.includes(name)).toBe(other === at);
          expect(artifacts).not.toContain(name);
          expect(pdf.includes(name)).toBe(other === at);
        }
        expect(said.filter(({ role }) => role === 'H1').map(({ text }) => text)).toEqual([
          expect.stringContaining('Data, clean'),
        ]);
        expect(said.filter(({ role }) => role === 'Figure').map(({ text }) => text)).toEqual([latin('', at).qr]);
        const { info } = await document.getMetadata();
        expect(info).toMatchObject({ Title: `Of ${names[at]}`, Language: 'en-GB', PDFFormatVersion: '1.7' });
        expect([...((await document.getAttachments())?.keys() ?? [])]).toEqual([attachment.name]);
        const content: unknown = await document.getAttachmentContent(attachment.name);
        expect(Buffer.from(content as Uint8Array).equals(attachment.bytes)).toBe(true);
        await close();
      }
    }
  });

  it('are the same bytes for the same run, and in any other company the same picture and text', async () => {
    const records = ['Ada Lovelace', name(4), name(13), name(20)].map(latin);
    // In the second grouping everybody has other neighbours, and other fonts beside his own.
    const groupings = [[[0, 1, 2, 3]], [[3, 1], [2], [0]], [[1, 2, 0], [3]]];
    for (const { plan } of plans.filter(({ name }) => name.startsWith('minimal'))) {
      const seen: string[][] = records.map(() => []);
      for (const group of groupings.flat()) {
        const run = group.map((at) => records[at] ?? latin('', at));
        const documents = await printBuffers(renderer, plan, run);
        if (group.length > 2)
          expect((await printBuffers(renderer, plan, run)).map((pdf, at) => documents[at]?.equals(pdf))).toEqual(
            group.map(() => true),
          );
        for (const [index, at] of group.entries()) {
          const pdf = documents[index] ?? Buffer.alloc(0);
          const { page, close } = await open(pdf);
          seen[at]?.push(
            createHash('sha256')
              .update(await pixels(page))
              .update(JSON.stringify(await saidBy(page, pdf)))
              .digest('hex'),
          );
          await close();
        }
      }
      expect(seen.map((hashes) => [hashes.length, new Set(hashes).size])).toEqual(records.map(() => [3, 1]));
    }
  });
});
