import type { CertificateRow } from '@laurel/certificates';
import { withinCpu } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { languages } from '../verify-page/language.ts';
import { wordingOf } from '../verify-page/wording-of.ts';
import { RegistryScene } from './registry-scene.spec.ts';
import { sendForm } from './send-form.spec.ts';

let scene: RegistryScene;
let valid: CertificateRow;

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  const issuer = await scene.newIssuer('demo');
  valid = await scene.issued('demo', issuer.id, 'valid');
});
afterAll(() => scene.stop());

const send = (parts: Parameters<typeof sendForm>[1], more = {}) => sendForm(scene.url, parts, more);
const paste = (text: string, more = {}) => send({ text }, more);
const upload = (name: string, bytes: string | Buffer) => send({ file: { name, bytes } });
const english = wordingOf.en;

describe('the form', () => {
  it.each(languages)('is a page of its own in %s, and needs no script', async (language) => {
    const { form } = wordingOf[language];
    const get = (query = '', headers = {}) =>
      scene.call(`GET /verify${query}`, { headers: { 'accept-language': language, ...headers } });
    const { status, text, headers } = await get();
    expect(status).toBe(200);
    for (const part of [`<html lang="${language}"`, `<h1>${form.title}</h1>`, `action="verify"`, form.check]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/<script| on\w+=| style=|autofocus/i);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.* form-action 'self';/);
    expect((await get(`?lang=${language}`, { 'accept-language': 'de' })).text).toContain(
      `action="verify?lang=${language}"`,
    );
    const tag = headers.get('etag') ?? '';
    expect((await get('', { 'if-none-match': tag })).status).toBe(304);
  });

  it('is where the root of this server leads to', async () => {
    const { status, headers } = await fetch(scene.url, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([303, `${scene.url}/verify`]);
    for (const path of [`/v/${valid.public_id}`, `/v/${'2'.repeat(22)}`]) {
      expect((await scene.call(`GET ${path}?lang=hi`)).text).toContain(`href="${scene.url}/verify?lang=hi"`);
    }
  });

  const sendRaw = async (type: string | undefined, body: string, language = 'en') => {
    const headers = { 'accept-language': language, ...(type === undefined ? {} : { 'content-type': type }) };
    const answer = await fetch(`${scene.url}/verify`, { method: 'POST', headers, body: body || null });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const boundary = '----WebKitFormBoundary0123456789abcdef';
  const multipart = `multipart/form-data; boundary=${boundary}`;
  const field = (name: string, value = 'x', more = '') =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const end = `--${boundary}--\r\n`;

  it.each<[string, number, keyof typeof english.form.faults, () => ReturnType<typeof sendRaw>]>([
    ['nothing in it', 400, 'empty', () => send({})],
    ['blanks in it', 400, 'empty', () => paste(' \r\n ')],
    ['an empty file', 400, 'empty', () => upload('a.pdf', '')],
    ['no body', 400, 'empty', () => sendRaw(undefined, '')],
    ['a text and a file', 400, 'both', () => send({ text: 'x', file: { name: 'a', bytes: 'x' } })],
    ['a photograph', 415, 'kind', () => upload('a.jpg', Buffer.from('ffd8ffe000104a464946', 'hex'))],
    ['a web page', 415, 'kind', () => upload('a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['more than 5 MB', 413, 'large', () => upload('a.pdf', Buffer.alloc(5 * 1024 * 1024 + 20_000, '%'))],
    ['JSON', 415, 'broken', () => sendRaw('application/json', '{"text":"x"}')],
    ['a form of another kind', 415, 'broken', () => sendRaw('application/x-www-form-urlencoded', 'text=x')],
    ['no boundary', 400, 'broken', () => sendRaw('multipart/form-data', `${field('text')}${end}`)],
    ['its end cut off', 400, 'broken', () => sendRaw(multipart, field('text'))],
    ['another field', 400, 'broken', () => sendRaw(multipart, `${field('next')}${end}`)],
    ['a field twice', 400, 'broken', () => sendRaw(multipart, `${field('text')}${field('text')}${end}`)],
    ['a file as the text', 400, 'broken', () => sendRaw(multipart, `${field('text', 'x', '; filename="a"')}${end}`)],
    ['50,000 fields', 400, 'broken', () => sendRaw(multipart, `${field('text').repeat(50_000)}${end}`)],
    ['long headers', 400, 'broken', () => sendRaw(multipart, `--${boundary}\r\n${'a: b\r\n'.repeat(500_000)}`)],
  ])('with %s is answered by itself with what to do: %i', async (_, status, fault, sent) => {
    const answer = await withinCpu(1_000, sent);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(answer.text).toContain(`<p class="fault" role="alert">${english.form.faults[fault]}</p>`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'");
    // What was sent is not in it.
    expect(answer.text).toContain('></textarea>');
  });

  it('tells a fault in the language of the reader', async () => {
    for (const language of languages) {
      expect((await send({}, { query: `?lang=${language}` })).text).toContain(wordingOf[language].form.faults.empty);
      expect((await sendRaw('text/csv', 'x', language)).text).toContain(wordingOf[language].form.faults.broken);
    }
  });
});

describe('a page', () => {
  it('tells those who ask too often to wait, and nothing of a certificate', async () => {
    const publicLimits = () => ({ readsPerMinute: 2, postsPerMinute: 1 });
    const busy = await RegistryScene.open(inject('stack'), undefined, {}, { publicLimits });
    try {
      const get = (language: string) =>
        busy.call(`GET /v/${'2'.repeat(22)}`, { headers: { 'accept-language': language } });
      expect([(await get('en')).status, (await get('en')).status]).toEqual([404, 404]);
      for (const language of languages) {
        const { title, steps } = wordingOf[language].busy;
        const { status, text, headers } = await get(language);
        expect([status, headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
        expect(headers.get('cache-control')).toBe('no-store');
        for (const part of [`<h1>${title}</h1>`, ...steps]) expect(text).toContain(part);
      }
      expect((await sendForm(busy.url, {})).status).toBe(400);
      const last = await sendForm(busy.url, {});
      expect([last.status, last.heading]).toEqual([429, wordingOf.en.busy.title]);
    } finally {
      await busy.stop();
    }
  });

  it('says that nothing can be checked while the database is away', async () => {
    const [{ database }] = await scene.owner.query<[{ database: string }]>('SELECT current_database() AS database');
    await scene.owner.query(`ALTER DATABASE ${database} CONNECTION LIMIT 0`);
    try {
      await scene.owner.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'certificate_registry' AND datname = $1",
        [database],
      );
      for (const language of languages) {
        const { status, heading, headers } = await paste(valid.public_id, { language });
        expect([status, heading]).toEqual([503, wordingOf[language].unavailable.title]);
        expect(headers.get('retry-after')).not.toBeNull();
      }
      expect((await paste('hello')).status).toBe(200);
    } finally {
      await scene.owner.query(`ALTER DATABASE ${database} CONNECTION LIMIT -1`);
    }
  });
});
