import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { CertificateRow } from '@laurel/certificates';
import { pictureObjectName } from '@laurel/object-store';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { languages } from '../verify-page/language.ts';
import { wordingOf } from '../verify-page/wording-of.ts';
import { BrowserTab } from './browser-tab.it.spec.ts';
import { RegistryScene } from './registry-scene.spec.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = ['valid', 'revoked', 'suspended', 'expired', 'tampered', 'none'] as const;
const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };

let scene: RegistryScene;
let tab: BrowserTab;
let issuer: { id: string };
const rows = new Map<string, CertificateRow>();
const path = (name: string) => `/v/${rows.get(name)?.public_id ?? '2'.repeat(22)}`;
const read = (name: string, language?: string, query = '') =>
  scene.call(`GET ${path(name)}${query}`, {
    headers: language === undefined ? {} : { 'accept-language': language },
  });
const setTo = (name: string, assignment: string) =>
  scene.owner.query(`UPDATE certificate SET ${assignment} WHERE id = $1`, [rows.get(name)?.id]);
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, '');

beforeAll(async () => {
  [scene, tab] = await Promise.all([RegistryScene.open(inject('stack')), BrowserTab.open()]);
  issuer = await scene.newIssuer('demo', 'Acme & Söhne');
  const issue = async (name: string, more = {}, at?: Date) => {
    const row = await scene.issued('demo', issuer.id, name, more, at);
    rows.set(name, row);
    return row;
  };
  await issue(
    'valid',
    // Still February there, and no longer in Greenwich.
    { claims: { score: '87.5' }, timeZone: 'America/Lima', expiresAt: '2099-01-01T02:00:00Z' },
    new Date('2026-03-01T03:00:00Z'),
  );
  const body = { reason: 'Issued in error: see "minutes" of 3 May' };
  const revoked = await issue('revoked', { recipient: { learnerId: 'revoked', name: 'ليلى بنت خالد' } });
  await scene.call(`POST /v1/certificates/${revoked.id}/revoke`, { as: 'demo issuer', body });
  await issue('suspended');
  await setTo('suspended', "state = 'suspended', state_reason = NULL, suspended_until = '2099-01-01'");
  await issue('expired', { expiresAt: '2026-06-01T00:00:00Z' }, new Date('2026-03-01T12:00:00Z'));
  await issue('tampered');
  await setTo('tampered', `credential = '${rows.get('valid')?.credential}'`);
  const drawn = await tab.evaluate<string>(`(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 848 });
    canvas.getContext('2d').fillRect(100, 100, 1000, 648);
    return canvas.toDataURL('image/png').split(',')[1];
  })()`);
  for (const name of ['valid', 'revoked']) {
    const at = (width: number) => pictureObjectName('demo', rows.get(name)?.pdf_sha256 ?? '', width);
    const picture = { bytes: Buffer.from(drawn, 'base64'), mediaType: 'image/png' };
    await scene.objects.put([800, 1200].map((width) => ({ name: at(width), ...picture })));
  }
  await issue('replaced');
  await issue('newer', {
    occasion: { batchId: 'rust-101', awardId: 'a-1', learnerId: 'replaced' },
    recipient: { learnerId: 'replaced', name: 'Asha Verma' },
    issue: { kind: 'replace', certificateId: rows.get('replaced')?.id },
  });
});
afterAll(() => Promise.all([scene.stop(), tab.close()]));

describe('the language of the page', () => {
  it.each(languages)('is %s where the reader prefers it, in all that is not signed', async (language) => {
    const wording = wordingOf[language];
    for (const name of names) {
      const { text, headers } = await read(name, `de, ${language}-XX;q=0.8, en;q=0.1`);
      expect(text).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
      expect([headers.get('vary'), headers.get('content-language')]).toEqual(['Accept-Language', language]);
      const verdict = name === 'none' ? wording.unknown : wording.verdicts[name];
      expect(text).toContain(`<h1>${verdict.title}</h1>`);
      expect(text).toContain(verdict.meaning);
    }
    const { text } = await read('valid', language);
    expect(text).toContain('<p class="what" dir="auto">Rust for Systems Engineers</p>');
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'America/Lima' });
    if (language !== 'en') expect(text).toContain(`>${day.format(new Date('2026-03-01T03:00:00Z'))}</time>`);
    if (language !== 'en') expect(text).not.toMatch(/\b(Awarded|Issued|Valid|Number|Checked|signed by)\b/);
  });

  it('is what the address asks for, whatever the browser prefers, and the first one for a language that there is not', async () => {
    const lang = async (query: string, accepted: string) =>
      (await read('valid', accepted, query)).headers.get('content-language');
    expect(await lang('?lang=hi', 'fr')).toBe('hi');
    expect(await lang('?lang=xx', 'fr')).toBe('fr');
    expect(await lang('?lang=%22%3E&lang=es', 'pt')).toBe('pt');
    expect(await lang('', 'de')).toBe('en');
    const { status, text } = await read('none', 'en', '?lang=ar');
    expect([status, text.includes('<html lang="ar" dir="rtl">')]).toEqual([404, true]);
    expect((await read('replaced', 'en', '?lang=fr')).text).toContain(`${path('newer')}?lang=fr"`);
    expect((await read('replaced', 'fr')).text).toContain(`${path('newer')}"`);
  });

  it('has a tag of its own, so that nobody is told that they have a page which they have in another language', async () => {
    const tags = await Promise.all(
      languages.map(async (language) => (await read('valid', language)).headers.get('etag')),
    );
    expect(new Set(tags).size).toBe(languages.length);
    const ask = (language: string, query = '', tag = tags[0]) =>
      scene.call(`GET ${path('valid')}${query}`, {
        headers: { 'accept-language': language, 'if-none-match': String(tag) },
      });
    const kept = await ask('en');
    expect([kept.status, kept.headers.get('vary'), kept.headers.get('content-language')]).toEqual([
      304,
      'Accept-Language',
      'en',
    ]);
    expect((await ask('hi')).status).toBe(200);
    expect((await ask('en', '?lang=hi')).status).toBe(200);
    // By its address it leads to other pages in that language too.
    const asked = (await read('valid', 'hi', '?lang=en')).headers.get('etag');
    expect((await ask('fr', '?lang=en', asked)).status).toBe(304);
  });

  it('tells the reasons that programs read, by their codes, with the words of the issuer as they were written', async () => {
    for (const name of ['valid', 'revoked', 'suspended', 'expired', 'replaced']) {
      const { reasons } = (await scene.call(`GET /v1/verify${path(name).slice(2)}`)).json;
      const english = textOf((await read(name, 'en')).text)
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&');
      for (const { message } of reasons) expect(english).toContain(message);
      for (const language of languages.slice(1)) {
        const { text } = await read(name, language);
        for (const { message } of reasons) expect(textOf(text)).not.toContain(message);
        expect(text).not.toContain('<span lang="en"');
        expect(text.includes('<bdi class="words">Issued in error: see &quot;minutes&quot; of 3 May</bdi>')).toBe(
          name === 'revoked',
        );
        const until = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date('2099-01-01'));
        if (name === 'suspended') expect(textOf(text)).toContain(until);
      }
    }
  });
});

it('offers to add a valid certificate to LinkedIn, and no other', async () => {
  const links = ({ text }: { text: string }) => [...text.matchAll(/href="(https:\/\/www\.linkedin[^"]*)"([^>]*)>/g)];
  for (const name of [...names.slice(1), 'replaced']) expect([name, links(await read(name))]).toEqual([name, []]);
  const [[, address = '', more] = []] = links(await read('valid', 'ar'));
  expect(more).toContain('rel="noopener noreferrer"');
  const { origin, pathname, searchParams } = new URL(address.replaceAll('&amp;', '&'));
  expect(`${origin}${pathname}`).toBe('https://www.linkedin.com/profile/add');
  expect(Object.fromEntries(searchParams)).toEqual({
    startTask: 'CERTIFICATION_NAME',
    name: 'Rust for Systems Engineers',
    organizationName: 'Acme & Söhne',
    issueYear: '2026',
    issueMonth: '2',
    expirationYear: '2098',
    expirationMonth: '12',
    certUrl: `${scene.url}${path('valid')}`,
    certId: rows.get('valid')?.number,
  });
});

describe('in a real browser', () => {
  const views = [phone, desk].flatMap((size) =>
    (['light', 'dark'] as const).flatMap((scheme) => ['en', 'ar'].map((language) => ({ ...size, scheme, language }))),
  );

  it.each(views)('axe finds nothing at $width x $height, $scheme, $language', async (view) => {
    for (const name of names) {
      await tab.show(`${scene.url}${path(name)}`, view);
      await tab.evaluate(`${axe};0`);
      const found = await tab.evaluate<string[]>(
        'axe.run().then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({html}) => id + ": " + html)))',
      );
      const shape = await tab.evaluate<object>(
        '({ lang: document.documentElement.lang, wider: document.documentElement.scrollWidth > innerWidth })',
      );
      expect({ name, found, ...shape }).toEqual({ name, found: [], lang: view.language, wider: false });
    }
  });

  it.each(languages)('a phone shows who, what, by whom, when and the verdict at once (%s)', async (language) => {
    await tab.show(`${scene.url}${path('valid')}`, { ...phone, language });
    const ends = await tab.evaluate<number[]>(
      '["h1", ".who", ".what", "dd", "dd time"].map((each) => document.querySelector(each).getBoundingClientRect().bottom)',
    );
    expect(Math.max(...ends)).toBeLessThan(phone.height);
  });

  it.each([
    ['valid', 'light', 'en'],
    ['valid', 'dark', 'ar'],
    ['revoked', 'dark', 'hi'],
  ] as const)(
    'prints %s on one page, black on white, without what nobody clicks on paper (%s, %s)',
    async (name, scheme, language) => {
      await tab.show(`${scene.url}${path(name)}`, { width: 794, height: 1123, scheme, media: 'print', language });
      const shown = await tab.evaluate<object>(`document.images[0].decode().then(() => ({
      color: getComputedStyle(document.querySelector('h1')).color,
      paper: getComputedStyle(document.body).backgroundColor,
      clickable: [...document.querySelectorAll('nav')].filter((each) => each.offsetHeight > 0).length,
    }))`);
      expect(shown).toEqual({ color: 'rgb(0, 0, 0)', paper: 'rgb(255, 255, 255)', clickable: 0 });
      expect((await tab.printed()).toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    },
  );
});
