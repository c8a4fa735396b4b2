import { createHash } from 'node:crypto';
import type { CertificateRow } from '@laurel/certificates';
import type { PublicData } from '@laurel/contracts';
import { sendRecords, waitFor } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { languages } from '../verify-page/language.ts';
import { wordingOf } from '../verify-page/wording-of.ts';
import { RegistryScene } from './registry-scene.spec.ts';

const name = 'Zubeida Qureshi';
const everything = { recipientName: 'full', results: true, documents: true } as const;
const nothing = { recipientName: 'hidden', results: false, documents: false } as const;
const files = ['.pdf', '.jwt', '.json', '.png', '.png?width=400', '.svg'];

let scene: RegistryScene;
let row: CertificateRow;
let sequence = 0;

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  const issuer = await scene.newIssuer('demo');
  row = await scene.issued('demo', issuer.id, 'L-1', {
    recipient: { learnerId: 'L-1', name },
    claims: { score: '87.5' },
    achievement: {
      id: 'urn:uuid:0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c06',
      type: 'Course',
      name: 'Rust for Systems Engineers',
      description: `With this ZUBEIDA  Qureshi has completed the course.`,
      criteria: `${name} has to complete it.`,
    },
  });
});
afterAll(() => scene.stop());

/** As lms says it, by the broker. */
async function say(tenant: string, version: number, publicData: PublicData | undefined): Promise<void> {
  const profile = { id: tenant, name: 'Acme', timeZone: 'Asia/Kolkata', languages: ['en'] };
  const headers = {
    ...{ ce_specversion: '1.0', ce_type: 'tenant.updated.v1', ce_source: '/laurel/lms', ce_tenantid: tenant },
    ...{ ce_id: `${tenant}-${Math.random()}`, ce_sequence: String(version), 'content-type': 'application/json' },
  };
  const value = JSON.stringify({ ...profile, ...(publicData ? { publicData } : {}) });
  // One key, so that one comes behind the other.
  await sendRecords(scene.broker, [{ topic: 'tenant.updated', key: 'demo', value, headers }]);
}

/** Says it, and waits until it counts. */
async function tell(publicData: PublicData | undefined): Promise<void> {
  await say('demo', ++sequence, publicData);
  await waitFor(
    'the choice to count',
    async () => (await scene.call(`GET /v1/verify/${row.public_id}`)).json.certificate,
    (certificate) => isEqual((certificate as { shown?: unknown }).shown, publicData),
    { timeout: 10_000 },
  );
}
const isEqual = (shown: unknown, told: PublicData | undefined) =>
  JSON.stringify(shown) ===
  (told === undefined || told === everything ? undefined : JSON.stringify({ ...told, documents: false }));

/** All that an answer says, its headers included. */
async function whole(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await scene.call(`${method} ${path}`, { headers });
  return { ...answer, all: `${answer.text}\n${JSON.stringify([...answer.headers])}` };
}
const page = () => `/v/${row.public_id}`;

describe('what a tenant shows of its learners', () => {
  it.each<[string, PublicData, string | undefined]>([
    ['initials', { recipientName: 'initials', results: false, documents: false }, 'Z. Q.'],
    ['no name', nothing, undefined],
    ['no name, though documents', { recipientName: 'hidden', results: true, documents: true }, undefined],
    ['initials and results', { recipientName: 'initials', results: true, documents: false }, 'Z. Q.'],
  ])('%s: the name stands nowhere', async (_, choice, shown) => {
    await tell(choice);
    const { status, all, json } = await whole(`/v1/verify/${row.public_id}`);
    expect([status, json.verdict, json.certificate.recipient]).toEqual([
      200,
      'valid',
      shown === undefined ? {} : { name: shown },
    ]);
    expect(all).not.toMatch(/Zubeida|Qureshi/i);
    const { results, links } = json.certificate as unknown as { results: object[]; links: object };
    expect(results).toHaveLength(choice.results ? 1 : 0);
    expect(links).toEqual({ verify: `${scene.url}${page()}` });
    for (const language of languages) {
      const { withheld, verdicts } = wordingOf[language];
      const { all, text } = await whole(page(), { 'accept-language': language });
      expect(all).not.toMatch(/Zubeida|Qureshi/i);
      expect(text).toContain(`<h1>${verdicts.valid.title}</h1>`);
      expect(text).toContain(shown === undefined ? withheld.name : withheld.initials);
      expect(text).toContain(withheld.documents);
      expect(text.includes('87.5')).toBe(choice.results);
      expect(text).not.toMatch(/og:image|<img|\.(pdf|png|svg|jwt)"/);
      expect(text).toContain('https://www.linkedin.com/profile/add?');
    }
  });

  it('documents only with the full name and all results, for they hold both', async () => {
    await tell({ recipientName: 'full', results: true, documents: false });
    const { json, text } = await whole(`/v1/verify/${row.public_id}`);
    expect([json.certificate.recipient.name, text.includes('87.5')]).toEqual([name, true]);
    const pdf = await whole(`${page()}.pdf`);
    const known = { 'if-none-match': `"${row.pdf_sha256}"` };
    for (const choice of [
      { recipientName: 'full', results: true, documents: false },
      { recipientName: 'full', results: false, documents: true },
      { recipientName: 'initials', results: true, documents: true },
    ] as const) {
      await tell(choice);
      for (const file of files) {
        for (const method of ['GET', 'HEAD']) {
          for (const headers of [{}, known, { 'if-none-match': '*' }]) {
            const { status, headers: got, all } = await whole(`${page()}${file}`, headers, method);
            expect([file, status, got.get('cache-control'), got.get('etag')]).toEqual([file, 403, 'no-store', null]);
            expect(all).not.toMatch(/Zubeida|Qureshi/i);
            expect(all).not.toContain(row.number);
          }
        }
      }
      expect((await whole(page())).text).not.toMatch(/og:image|<img/);
    }
    expect([pdf.status, pdf.json.type, pdf.json.detail]).toEqual([
      403,
      'urn:laurel:problem:not-public',
      expect.stringContaining('ask the holder') as string,
    ]);
  });

  it('what the issuer wrote about it leaves the name out too', async () => {
    await tell(nothing);
    const other = await scene.issued('demo', row.issuer_id, 'L-2', { recipient: { learnerId: 'L-2', name } });
    const body = { reason: `Meant for another Zubeida Qureshi.` };
    await scene.call(`POST /v1/certificates/${other.id}/revoke`, { as: 'demo issuer', body });
    for (const path of [`/v1/verify/${other.public_id}`, `/v/${other.public_id}`]) {
      const { all } = await whole(path);
      expect(all).not.toMatch(/Zubeida|Qureshi/i);
      expect(all).toContain('Meant for another');
    }
  });

  it('an address that is pasted tells no more than the address does', async () => {
    await tell(nothing);
    const answer = await scene.call('POST /v1/verify', { body: { credential: `${scene.url}${page()}` } });
    expect([answer.json.verdict, answer.text.match(/Zubeida|87\.5/)]).toEqual(['valid', null]);
  });

  it('whoever presents a credential is told all that it says, and gets no documents', async () => {
    await tell(everything);
    const withProof = JSON.parse((await scene.call(`GET ${page()}.json`)).text) as object;
    await tell(nothing);
    for (const credential of [row.credential, withProof]) {
      const { json, text } = await scene.call('POST /v1/verify', { body: { credential } });
      expect([json.verdict, json.certificate.recipient.name, text.includes('87.5')]).toEqual(['valid', name, true]);
      expect((json.certificate as unknown as { links: object }).links).toEqual({ verify: `${scene.url}${page()}` });
    }
    const form = new FormData();
    form.append('text', row.credential ?? '');
    const shown = await (await fetch(`${scene.url}/verify`, { method: 'POST', body: form })).text();
    expect(shown).toContain(name);
    expect(shown).toContain(wordingOf.en.withheld.documents);
    expect(shown).not.toContain(wordingOf.en.withheld.name);
    expect(shown).not.toMatch(/<img|\.pdf"/);
  });

  it('is all again as soon as the tenant says so, and an older word does not count', async () => {
    await tell(nothing);
    const hidden = (await whole(page())).headers.get('etag') ?? '';
    await tell(everything);
    const { status, text } = await whole(page(), { 'if-none-match': hidden });
    expect([status, text.includes(name), text.includes('og:image')]).toEqual([200, true, true]);
    expect((await whole(`${page()}.pdf`)).status).toBe(200);
    await tell(nothing);
    await say('demo', 1, everything);
    await say('demo-two', 1, nothing);
    await waitFor(
      'what came behind it',
      () => scene.owner.query<object[]>("SELECT FROM known_tenant WHERE tenant_id = 'demo-two'"),
      ({ length }) => length === 1,
    );
    expect((await whole(page())).all).not.toContain(name);
    await tell(undefined);
    expect((await whole(page())).text).toContain(name);
  });
});

describe('the documents of a tenant’s own certificates', () => {
  const own = (what: string, as: string, id = row.id) => scene.call(`GET /v1/certificates/${id}/${what}`, { as });

  it.each(['admin', 'creator', 'issuer', 'viewer'])('are there for %s, whatever it shows to others', async (role) => {
    await tell(nothing);
    const pdf = await own('document', `demo ${role}`);
    expect([pdf.status, pdf.headers.get('content-type'), pdf.headers.get('content-disposition')]).toEqual([
      200,
      'application/pdf',
      `attachment; filename="${row.number}.pdf"`,
    ]);
    expect(pdf.headers.get('cache-control')).toBe('no-store');
    expect(createHash('sha256').update(pdf.text).digest('hex')).toBe(row.pdf_sha256);
    const token = await own('credential', `demo ${role}`);
    expect([token.status, token.headers.get('content-type'), token.text]).toEqual([
      200,
      'application/vc+jwt',
      row.credential,
    ]);
  });

  it('are nobody else’s', async () => {
    for (const what of ['document', 'credential']) {
      expect((await scene.call(`GET /v1/certificates/${row.id}/${what}`)).status).toBe(401);
      expect((await own(what, 'demo-two admin')).status).toBe(404);
      expect((await own(what, 'demo learner')).status).toBe(403);
      expect((await own(what, 'demo admin', '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c06')).status).toBe(404);
    }
  });
});
