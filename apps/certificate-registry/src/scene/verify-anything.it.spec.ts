import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { CertificateRow, Verdict } from '@laurel/certificates';
import { pictureObjectName } from '@laurel/object-store';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { languages } from '../verify-page/language.ts';
import { wordingOf } from '../verify-page/wording-of.ts';
import { BrowserTab } from './browser-tab.it.spec.ts';
import { ForeignScene } from './foreign-scene.spec.ts';
import { sendForm } from './send-form.spec.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'laurel-presented-'));
const verdicts = [
  ...(['valid', 'expired', 'not-yet-valid', 'revoked', 'suspended', 'superseded'] as const),
  ...(['tampered', 'unknown-issuer', 'unreadable', 'status-unknown'] as const),
] satisfies Verdict[];
const ours = verdicts.slice(0, 6);

let scene: ForeignScene;
let tab: BrowserTab;
const rows = new Map<string, CertificateRow>();
/** A picture as it is downloaded, with the credential in it. */
function bakedPng(credential: string): Buffer {
  const text = Buffer.from(`openbadgecredential\0\0\0\0\0${credential}`);
  const chunks = (
    [
      ['IHDR', Buffer.alloc(13)],
      ['iTXt', text],
      ['IEND', Buffer.alloc(0)],
    ] as const
  ).map(([type, data]) => {
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(data, crc32(type)));
    return Buffer.concat([length, Buffer.from(type), data, sum]);
  });
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}
/** What somebody presents, by the verdict on it; `listed` is of an issuer elsewhere. */
const presented = new Map<Verdict | 'listed', string>();
const presentedAs = (verdict: Verdict | 'listed') => presented.get(verdict) ?? '';

beforeAll(async () => {
  [scene, tab] = await Promise.all([ForeignScene.open(inject('stack')), BrowserTab.open()]);
  const { registry } = scene;
  const issuer = await registry.newIssuer('demo', 'Acme & Söhne');
  const issue = async (name: string, more = {}, at?: Date) => {
    const row = await registry.issued('demo', issuer.id, name, { claims: { score: '87.5' }, ...more }, at);
    rows.set(name, row);
    return row;
  };
  const change = (row: CertificateRow, path: string, body: object) =>
    registry.call(`POST /v1/certificates/${row.id}/${path}`, { as: 'demo issuer', body });
  await issue('valid', { expiresAt: '2099-01-01T02:00:00Z' });
  await issue('expired', { expiresAt: '2026-06-01T00:00:00Z' }, new Date('2026-03-01T12:00:00Z'));
  await issue('not-yet-valid', {}, new Date('2090-03-01T12:00:00Z'));
  await change(await issue('revoked'), 'revoke', { reason: 'Issued in error.' });
  await change(await issue('suspended'), 'suspend', { reason: 'Under review.', until: '2090-01-01T00:00:00Z' });
  const replaced = await issue('superseded');
  await issue('newer', {
    occasion: { batchId: 'rust-101', awardId: 'a-1', learnerId: 'superseded' },
    recipient: { learnerId: 'superseded', name: 'Asha Verma' },
    issue: { kind: 'replace', certificateId: replaced.id },
  });
  for (const verdict of ours) presented.set(verdict, rows.get(verdict)?.credential ?? '');
  presented.set('tampered', presentedAs('valid').replace(/\.[^.]*$/, `.${'A'.repeat(86)}`));
  const stranger = scene.strangers.issuer('stranger');
  presented.set('unknown-issuer', stranger.token(stranger.badge()));
  presented.set('unreadable', 'hello');
  presented.set('status-unknown', 'https://elsewhere.example/v/1');
  const listed = scene.newIssuer();
  presented.set('listed', listed.token(listed.badge()));
  const drawn = await tab.evaluate<string>(`(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 848 });
    canvas.getContext('2d').fillRect(100, 100, 1000, 648);
    return canvas.toDataURL('image/png').split(',')[1];
  })()`);
  const picture = { bytes: Buffer.from(drawn, 'base64'), mediaType: 'image/png' };
  const names = ours.flatMap((verdict) =>
    [800, 1200].map((width) => pictureObjectName('demo', rows.get(verdict)?.pdf_sha256 ?? '', width)),
  );
  await registry.objects.put(names.map((name) => ({ name, ...picture })));
});
afterAll(async () => {
  await Promise.all([scene.stop(), tab.close()]);
  rmSync(folder, { recursive: true });
});

const send = (parts: Parameters<typeof sendForm>[1], more = {}) => sendForm(scene.registry.url, parts, more);
const paste = (text: string, more = {}) => send({ text }, more);
const upload = (name: string, bytes: string | Buffer) => send({ file: { name, bytes } });
const english = wordingOf.en;

describe('what somebody presents', () => {
  it.each(verdicts)('is told to be %s, in each language', async (verdict) => {
    for (const language of languages) {
      const wording = wordingOf[language];
      const { status, headers, heading, text } = await paste(presentedAs(verdict), { language });
      expect([status, heading]).toEqual([200, wording.verdicts[verdict].title]);
      expect(text).toContain(wording.verdicts[verdict].meaning);
      expect([headers.get('cache-control'), headers.get('content-language')]).toEqual(['no-store', language]);
      const isOurs = verdict !== 'tampered' && rows.has(verdict);
      const page = `${scene.registry.url}/v/${rows.get(verdict)?.public_id ?? 'none'}`;
      expect(text.includes(`<bdi dir="ltr">${page}</bdi>`)).toBe(isOurs);
      expect(text.includes('Asha Verma')).toBe(isOurs);
      expect(text.includes(wording.compare)).toBe(isOurs);
      // An address of others: to wait does not help.
      const advised = verdict === 'status-unknown' ? 'unknown-issuer' : verdict;
      const steps = Object.hasOwn(wording.advice, advised)
        ? wording.advice[advised as keyof typeof wording.advice]
        : [];
      expect([steps.length === 0, steps.filter((step) => !text.includes(step))]).toEqual([isOurs, []]);
      expect(text).not.toContain('<span lang="en"');
      expect(text).toContain(wording.checkAnother);
    }
  });

  it('may be of an issuer elsewhere, and it is told whether that is trusted here', async () => {
    for (const language of languages) {
      const { trust, verdicts: titles, reasons } = wordingOf[language];
      const listed = await paste(presentedAs('listed'), { language });
      expect(listed.heading).toBe(titles.valid.title);
      for (const part of ['Ravi Rao', trust.heading, '<bdi>Elsewhere College</bdi>'])
        expect(listed.text).toContain(part);
      expect(listed.text).not.toContain(trust.unlisted);
      expect(listed.text).not.toContain(reasons['in-force']);
      // It is no certificate of ours: nothing of it can be downloaded here.
      expect(listed.text).not.toMatch(/class="(downloads|picture)/);
      const unlisted = await paste(presentedAs('unknown-issuer'), { language });
      expect(unlisted.text).toContain(trust.unlisted);
    }
  });

  it('may be an address, an id, a token with line breaks, or a file of any kind', async () => {
    const { public_id: id = '', credential } = rows.get('valid') ?? {};
    const token = credential ?? '';
    const page = `${scene.registry.url}/v/${id}`;
    const json = `\ufeff${JSON.stringify({ credential: 1 })}`;
    for (const answer of [
      paste(` ${page}\r\n`),
      paste(`${page}?lang=ar`),
      paste(id),
      paste(token.replaceAll(/.{70}/g, '$&\r\n')),
      upload('credential.jwt', token),
      upload('letter.txt', `${page}\n`),
      // Told by its first bytes, whatever it is called.
      upload('photo.jpg', bakedPng(token)),
    ]) {
      expect(await answer).toMatchObject({ status: 200, heading: english.verdicts.valid.title });
    }
    for (const answer of [upload('a.json', json), upload('a.pdf', '%PDF-1.7\n%%EOF\n'), paste('2'.repeat(22))]) {
      expect(await answer).toMatchObject({ status: 200, heading: english.verdicts.unreadable.title });
    }
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    expect((await upload('photo.jpg', png)).text).toContain(english.advice.unreadable[0]);
  });

  it('leaves no trace: not in the answer to others, and not in the log', async () => {
    const before = scene.registry.log.length;
    const secret = 'Zacharias.Quux@example.org';
    const { text } = await paste(secret);
    expect(text).not.toContain('Quux');
    expect((await send({ text: secret, file: { name: secret, bytes: secret } })).text).not.toContain('Quux');
    expect(scene.registry.log.slice(before)).toEqual([]);
  });
});

describe('in a real browser', () => {
  const phone = { width: 390, height: 844 };
  const desk = { width: 1280, height: 900 };
  const views = [
    { ...phone, scheme: 'light', language: 'en' },
    { ...phone, scheme: 'dark', language: 'ar' },
    { ...desk, scheme: 'light', language: 'hi' },
    { ...desk, scheme: 'dark', language: 'en' },
  ] as const;
  const look = async (name: string, language: string) => {
    await tab.evaluate(`${axe};0`);
    const found = await tab.evaluate<string[]>(
      'axe.run().then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({html}) => id + ": " + html)))',
    );
    const shape = await tab.evaluate<object>(
      '({ lang: document.documentElement.lang, wider: document.documentElement.scrollWidth > innerWidth })',
    );
    expect({ name, found, ...shape }).toEqual({ name, found: [], lang: language, wider: false });
  };
  const fill = (text: string) =>
    tab.evaluate(`document.querySelector('textarea').value = ${JSON.stringify(text)}; undefined`);
  const heading = () => tab.evaluate<string>("document.querySelector('h1').textContent");

  it.each(views)('the form leads to each verdict: $width x $height, $scheme, $language', async (view) => {
    const { language } = view;
    for (const name of [...verdicts, 'listed'] as const) {
      await tab.show(`${scene.registry.url}/verify`, view);
      await fill(presentedAs(name));
      await tab.follow('button');
      expect(await heading()).toBe(wordingOf[language].verdicts[name === 'listed' ? 'valid' : name].title);
      await look(name, language);
    }
    await tab.show(`${scene.registry.url}/verify`, view);
    await look('form', language);
    await tab.follow('button');
    expect(await tab.evaluate("document.querySelector('[role=alert]').textContent")).toBe(
      wordingOf[language].form.faults.empty,
    );
    await look('fault', language);
  });

  it.each(views)('a page that tells less is as good: $width x $height, $scheme, $language', async (view) => {
    const { owner, url } = scene.registry;
    try {
      for (const recipientName of ['initials', 'hidden'] as const) {
        await owner.query(
          `INSERT INTO known_tenant VALUES ('demo', 1, $1)
           ON CONFLICT (tenant_id) DO UPDATE SET public_data = excluded.public_data`,
          [JSON.stringify({ recipientName, results: false, documents: false })],
        );
        for (const verdict of ours) {
          await tab.show(`${url}/v/${rows.get(verdict)?.public_id}`, view);
          expect(await tab.evaluate("document.querySelector('.withheld').textContent")).toBe(
            wordingOf[view.language].withheld[recipientName === 'hidden' ? 'name' : 'initials'],
          );
          await look(`${verdict}, ${recipientName}`, view.language);
        }
      }
    } finally {
      await owner.query('DELETE FROM known_tenant');
    }
  });

  it('takes a file, and shows the picture of what it is about', async () => {
    const path = join(folder, 'credential.jwt');
    writeFileSync(path, presentedAs('valid'));
    await tab.show(`${scene.registry.url}/verify`, phone);
    await tab.choose('#file', path);
    await tab.follow('button');
    expect(await heading()).toBe(english.verdicts.valid.title);
    const width =
      'document.images[0].scrollIntoView(), document.images[0].decode().then(() => document.images[0].naturalWidth)';
    expect(await tab.evaluate<number>(width)).toBeGreaterThan(0);
  });

  it('a file that is too large comes back as a page too', async () => {
    const path = join(folder, 'large.pdf');
    writeFileSync(path, Buffer.alloc(6_000_000, '%'));
    await tab.show(`${scene.registry.url}/verify`, phone);
    await tab.choose('#file', path);
    await tab.follow('button');
    expect(await tab.evaluate("document.querySelector('[role=alert]').textContent")).toBe(english.form.faults.large);
  });
});
