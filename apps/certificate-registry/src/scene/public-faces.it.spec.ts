import { createHash } from 'node:crypto';
import type { CertificateRow } from '@laurel/certificates';
import { buildCredential, createSigner, generateSigningKey } from '@laurel/credentials';
import { waitFor } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { RegistryScene } from './registry-scene.spec.ts';

let scene: RegistryScene;
let issuer: { id: string; did: string };
let valid: CertificateRow;

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  issuer = await scene.newIssuer('demo');
  valid = await scene.issued('demo', issuer.id, 'valid', { claims: { score: '87.5' }, timeZone: 'Asia/Kolkata' });
});
afterAll(() => scene.stop());

const byId = async (row: CertificateRow) => (await scene.call(`GET /v1/verify/${row.public_id}`)).json;
const byToken = async (credential: string) => {
  const { status, json } = await scene.call('POST /v1/verify', { body: { credential } });
  expect(status).toBe(200);
  return json;
};
const pageOf = (row: CertificateRow) => scene.call(`GET /v/${row.public_id}`);
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, '');
const setTo = (row: CertificateRow, assignment: string) =>
  scene.owner.query(`UPDATE certificate SET ${assignment} WHERE id = $1`, [row.id]);

describe('the verdict by public id, by token and on the page', () => {
  const cases: { verdict: string; title: string; make: () => Promise<CertificateRow> }[] = [
    { verdict: 'valid', title: 'Valid certificate', make: async () => valid },
    {
      verdict: 'expired',
      title: 'Expired certificate',
      make: () =>
        scene.issued('demo', issuer.id, 'v-1', { expiresAt: '2026-06-01T00:00:00Z' }, new Date('2026-03-01T12:00:00Z')),
    },
    {
      verdict: 'not-yet-valid',
      title: 'Not valid yet',
      make: () => scene.issued('demo', issuer.id, 'v-2', {}, new Date(Date.now() + 86_400_000)),
    },
    {
      verdict: 'revoked',
      title: 'Revoked certificate',
      make: async () => {
        const row = await scene.issued('demo', issuer.id, 'v-3');
        const route = `POST /v1/certificates/${row.id}/revoke`;
        expect((await scene.call(route, { as: 'demo issuer', body: { reason: 'Issued in error' } })).status).toBe(200);
        return row;
      },
    },
    {
      verdict: 'suspended',
      title: 'Suspended certificate',
      make: async () => {
        const row = await scene.issued('demo', issuer.id, 'v-4');
        await setTo(row, "state = 'suspended', suspended_until = '2099-01-01'");
        return row;
      },
    },
    {
      verdict: 'superseded',
      title: 'Replaced certificate',
      make: async () => {
        const row = await scene.issued('demo', issuer.id, 'v-5');
        await scene.issued('demo', issuer.id, 'v-5', {
          requestId: crypto.randomUUID(),
          issue: { kind: 'replace', certificateId: row.id },
        });
        return row;
      },
    },
  ];
  it.each(cases)('$verdict', async ({ verdict, title, make }) => {
    const row = await make();
    const found = await byId(row);
    expect(found).toMatchObject({
      verdict,
      certificate: {
        id: row.id,
        number: row.number,
        recipient: { name: 'Asha Verma' },
        achievement: { name: 'Rust for Systems Engineers' },
        issuer: { id: issuer.id, did: issuer.did, name: 'Acme Academy' },
      },
    });
    expect(found.reasons[0]?.code).toBe(verdict === 'valid' ? 'in-force' : verdict);
    expect(found.reasons.at(-1)?.code).toBe('signature-holds');
    expect(await byToken(` ${row.credential}\n`)).toEqual(found);
    const page = await pageOf(row);
    expect(page.status).toBe(200);
    expect(page.text).toContain(`<h1>${title}</h1>`);
    expect(page.text.includes('<h1>Valid')).toBe(verdict === 'valid');
    // Why it is so stands on the page once, and nobody takes a document for more than it is.
    if (verdict !== 'valid') expect(textOf(page.text).split(found.reasons[0]?.message ?? 'a reason')).toHaveLength(2);
    expect(page.text.includes('>The document as it was issued; it ')).toBe(verdict !== 'valid');
    if (verdict === 'superseded') {
      const { verify, number } = found.certificate.supersededBy;
      expect(page.text).toMatch(new RegExp(`href="${verify}"\\s*>See <bdi>${number}</bdi>`));
      expect((await scene.call(`GET ${verify}`)).text).toContain('<h1>Valid certificate</h1>');
    }
  });

  it('tampered: any changed byte of what is signed, and any other signature', async () => {
    const [header = '', payload = '', signature = ''] = valid.credential!.split('.');
    const changed = Buffer.from(payload, 'base64url').toString().replace('Asha Verma', 'Asha Varma');
    const forged = Buffer.from(changed).toString('base64url');
    const other = await scene.issued('demo', issuer.id, 'v-6');
    for (const token of [
      `${header}.${forged}.${signature}`,
      `${header}.${payload}.${other.credential!.split('.')[2]}`,
    ]) {
      const found = await byToken(token);
      expect(found).toEqual({
        verdict: 'tampered',
        reasons: [{ code: 'signature-mismatch', message: expect.any(String) as string }],
      });
    }
    for (const assignment of [
      `credential = '${header}.${forged}.${signature}'`,
      `credential = '${valid.credential}'`,
      `credential = '${valid.credential}', credential_sha256 = '${valid.credential_sha256}'`,
    ]) {
      await setTo(other, assignment);
      expect([assignment.slice(0, 40), (await byId(other)).verdict]).toEqual([assignment.slice(0, 40), 'tampered']);
    }
    expect((await pageOf(other)).text).toContain('<h1>Altered certificate</h1>');
  });

  it('unreadable, unknown-issuer and status-unknown', async () => {
    for (const text of ['hello', 'a.b.c', '{"vc":1}', 'x'.repeat(200_000)]) {
      expect(await byToken(text)).toMatchObject({ verdict: 'unreadable' });
    }
    const sign = async (did: string, id: string, key = scene.keys.get(did)) => {
      const signer = key ?? (await generateSigningKey((thumbprint) => `${did}#${thumbprint}`));
      return (await createSigner(signer))(
        buildCredential({
          id,
          issuer: { did, name: 'X' },
          validFrom: new Date(),
          recipient: { id: 'urn:uuid:0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c06', name: 'Asha' },
          achievement: { id: 'urn:x:y', name: 'A', description: 'A', criteria: 'A' },
        }),
      );
    };
    expect(await byToken(await sign('did:web:elsewhere.example', 'https://elsewhere.example/1'))).toMatchObject({
      verdict: 'unknown-issuer',
    });
    const unknown = await sign(issuer.did, `${scene.url}/v/${'2'.repeat(22)}`);
    expect(await byToken(unknown)).toMatchObject({
      verdict: 'status-unknown',
      certificate: { recipient: { name: 'Asha' } },
    });
    // An issuer's key does not answer for the certificate of another.
    const second = await scene.newIssuer('demo-two');
    await scene.issued('demo-two', second.id, 'valid');
    const borrowed = await sign(second.did, `${scene.url}/v/${valid.public_id}`);
    expect(await byToken(borrowed)).toMatchObject({ verdict: 'status-unknown' });
    expect((await scene.call('POST /v1/verify', { body: { credential: 'x'.repeat(300_000) } })).status).toBe(413);
  });
});

describe('the page', () => {
  it('is a document of its own: language, title, one heading, no script, nothing from elsewhere', async () => {
    const { text, headers } = await pageOf(valid);
    expect(text).toMatch(/^<!doctype html>\s*<html lang="en" dir="ltr">/);
    expect(text).toContain('<title>Valid certificate: Rust for Systems Engineers, Asha Verma</title>');
    expect(text).toContain('<meta property="og:title" content="Asha Verma: Rust for Systems Engineers" />');
    expect(text.match(/<h1/g)).toHaveLength(1);
    expect(text).not.toMatch(/<script|<iframe|<form|url\(|@import| on\w+=| style=/i);
    // Its own picture, from beside it.
    expect([...text.matchAll(/ (?:src|srcset)="([^"]*)"/g)].map(([, at]) => at?.split('?')[0])).toEqual(
      Array.from({ length: 2 }, () => `${valid.public_id}.png`),
    );
    expect([...text.matchAll(/<svg[^>]*>/g)].every(([svg]) => svg.includes('aria-hidden="true"'))).toBe(true);
    for (const part of [
      '<dt><bdi>Score</bdi></dt>\n<dd><bdi>87.5\u00a0%</bdi></dd>',
      valid.number,
      'Acme Academy',
      valid.pdf_sha256!,
      `${scene.url}/v/${valid.public_id}.pdf`,
    ]) {
      expect(text).toContain(part);
    }
    const hash = createHash('sha256')
      .update(/<style>([^]*?)<\/style>/.exec(text)?.[1] ?? '')
      .digest('base64');
    expect(headers.get('content-security-policy')).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect([headers.get('x-robots-tag'), headers.get('cache-control'), headers.get('content-type')]).toEqual([
      'noindex',
      'no-cache',
      'text/html; charset=utf-8',
    ]);
  });

  it('is not sent again while nothing changed, and at once when something did', async () => {
    const row = await scene.issued('demo', issuer.id, 'p-1');
    const tag = (await pageOf(row)).headers.get('etag') ?? '';
    const ask = () => scene.call(`GET /v/${row.public_id}`, { headers: { 'if-none-match': tag } });
    expect((await ask()).status).toBe(304);
    await scene.call(`POST /v1/certificates/${row.id}/revoke`, { as: 'demo issuer', body: { reason: '<i>x</i>' } });
    const changed = await ask();
    expect([changed.status, changed.text.includes('&lt;i&gt;x&lt;/i&gt;')]).toEqual([200, true]);
  });

  it.each(['', '.pdf', '.jwt', '.json'])(
    'is kept by browsers with the headers that it came with (%s)',
    async (kind) => {
      const path = `/v/${valid.public_id}${kind}`;
      const told = async (method: string, headers = {}) => {
        const { status, headers: all, text } = await scene.call(`${method} ${path}`, { headers });
        const names = ['content-security-policy', 'x-robots-tag', 'cache-control', 'etag'];
        return {
          status,
          size: method === 'GET' && status === 200 ? 0 : text.length,
          kept: names.map((name) => all.get(name)),
        };
      };
      const { kept } = await told('GET');
      const known = { 'if-none-match': String(kept[3]) };
      expect(await told('HEAD')).toEqual({ status: 200, size: 0, kept });
      expect(await told('GET', known)).toEqual({ status: 304, size: 0, kept });
      expect(await told('HEAD', known)).toEqual({ status: 304, size: 0, kept });
    },
  );

  it('escapes whatever people are called, and keeps the order of right-to-left names their own', async () => {
    const name = `<script>alert(1)</script> "O'Neil" & \u0627\u0644\u0633\u0644\u0627\u0645`;
    const row = await scene.issued('demo', issuer.id, 'p-2', { recipient: { learnerId: 'p-2', name } });
    const { text } = await pageOf(row);
    const escaped =
      '&lt;script&gt;alert(1)&lt;/script&gt; &quot;O&#39;Neil&quot; &amp; \u0627\u0644\u0633\u0644\u0627\u0645';
    expect(text).not.toContain('<script');
    expect(text).toContain(`<p class="who long" dir="auto">${escaped}</p>`);
    expect((await byId(row)).certificate.recipient.name).toBe(name);
  });

  it('says what to do when there is none', async () => {
    for (const id of ['x', '2'.repeat(22), '%3Cscript%3E', `${valid.public_id}1`]) {
      const { status, text, headers } = await scene.call(`GET /v/${id}`);
      expect([id, status, headers.get('cache-control')]).toEqual([id, 404, 'no-store']);
      expect(text).toMatch(/<h1>No such certificate<[^]*What to do/);
      expect((await scene.call(`GET /v1/verify/${id}`)).status).toBe(404);
    }
  });
});

it('says that it cannot check, and nothing about the certificate, while the database is away', async () => {
  const { public_id: id, credential } = valid;
  const [{ name }] = await scene.owner.query<[{ name: string }]>('SELECT current_database() AS name');
  await scene.owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
  const cut = () =>
    scene.owner.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'certificate_registry' AND datname = $1",
      [name],
    );
  try {
    const page = await waitFor(
      'the outage',
      async () => (await cut(), scene.call(`GET /v/${id}`)),
      ({ status }) => status === 503,
    );
    expect(page.text).toMatch(/<h1>Cannot check right now<(?![^]*(revoked|not valid|invalid))/i);
    for (const [route, body] of [
      [`GET /v1/verify/${id}`, undefined],
      ['POST /v1/verify', { credential }],
      [`GET /v/${id}.pdf`, undefined],
    ] as const) {
      const { status, json } = await scene.call(route, { body });
      expect([route, status, json.type]).toEqual([route, 503, 'urn:laurel:problem:dependency-unavailable']);
    }
  } finally {
    await scene.owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
  }
  await waitFor(
    'its return',
    () => scene.call(`GET /v1/verify/${id}`),
    ({ json }) => json?.verdict === 'valid',
  );
});
