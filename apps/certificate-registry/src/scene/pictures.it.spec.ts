import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { CertificateRow } from '@laurel/certificates';
import { pictureObjectName } from '@laurel/object-store';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { RegistryScene, requestFor } from './registry-scene.spec.ts';

interface Asked {
  readonly path: string;
  readonly tenant: string;
  readonly wish: { readonly format: string; readonly width?: number };
}

let scene: RegistryScene;
let issuer: { id: string };
let generator: Server;
let asked: Asked[] = [];
/** What the generator answers, after what it does. */
let answer: (asked: Asked) => Promise<{ status: number; retryAfter?: string; body: object }>;

/** A PNG by its header, of 100 x 70. */
const pngOf = (text: string) => {
  const head = Buffer.alloc(24);
  head.writeUInt32BE(100, 16);
  head.writeUInt32BE(70, 20);
  return Buffer.concat([head, Buffer.from(text)]);
};

beforeAll(async () => {
  generator = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const tenant = String(request.headers['x-tenant-id']);
      const wish = JSON.parse(Buffer.concat(parts).toString()) as Asked['wish'];
      const one = { path: request.url ?? '', tenant, wish };
      asked.push(one);
      void answer(one).then(({ status, retryAfter, body }) =>
        response
          .writeHead(status, {
            'content-type': 'application/json',
            ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
          })
          .end(JSON.stringify(body)),
      );
    });
  }).listen(0, '127.0.0.1');
  await once(generator, 'listening');
  scene = await RegistryScene.open(inject('stack'), `http://127.0.0.1:${(generator.address() as AddressInfo).port}`);
  issuer = await scene.newIssuer('demo');
});
afterAll(async () => {
  await scene.stop();
  generator.close();
});
afterEach(() => {
  asked = [];
});

/** As the generator does it: drawn, stored, named. */
const draws = (row: CertificateRow) => async (one: Asked) => {
  const name = pictureObjectName('demo', row.pdf_sha256 ?? '', one.wish.width ?? 'svg');
  const bytes = one.wish.format === 'svg' ? Buffer.from('<svg/>') : pngOf(String(one.wish.width));
  await scene.objects.put([{ name, bytes, mediaType: 'image/png' }]);
  return { status: 200, body: { object: name } };
};
const get = (row: CertificateRow, rest: string, headers = {}) =>
  fetch(`${scene.url}/v/${row.public_id}${rest}`, { headers });

describe('pictures of a certificate', () => {
  it('are drawn once, however many ask at once, and then come from the store', async () => {
    const row = await scene.issued('demo', issuer.id, 'p-1');
    const go = Promise.withResolvers<undefined>();
    answer = async (one) => (await go.promise, draws(row)(one));
    const many = Array.from({ length: 5 }, () => get(row, '.png?width=800'));
    const first = scene.call(`GET /v1/verify/${row.public_id}`);
    await first;
    go.resolve(undefined);
    const answers = await Promise.all(many);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(Buffer.from(await answers[0]!.arrayBuffer())).toEqual(pngOf('800'));
    expect(asked).toEqual([
      { path: `/internal/certificates/${row.id}/picture`, tenant: 'demo', wish: { format: 'png', width: 800 } },
    ]);
    answer = () => Promise.reject(new Error('It is in the store.'));
    expect((await get(row, '.png?width=800')).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  it('have few widths, keep their name and their tag, and are not sent again to whoever has them', async () => {
    const row = await scene.issued('demo', issuer.id, 'p-2');
    answer = draws(row);
    const png = await get(row, '.png');
    expect([png.status, png.headers.get('content-type'), png.headers.get('content-disposition')]).toEqual([
      200,
      'image/png',
      `inline; filename="${row.number}.png"`,
    ]);
    expect(png.headers.get('cache-control')).toContain('private');
    const tag = png.headers.get('etag') ?? '';
    expect(tag).toBe(`"${row.pdf_sha256}-1200"`);
    const known = { 'if-none-match': tag };
    const [again, other] = [await get(row, '.png', known), await get(row, '.png?width=400', known)];
    expect([again.status, again.headers.get('cache-control'), other.status]).toEqual([
      304,
      png.headers.get('cache-control'),
      200,
    ]);
    for (const width of ['1', '801', '99999', 'x', ''])
      expect((await get(row, `.png?width=${width}`)).status).toBe(400);
    expect(asked.map(({ wish }) => wish.width)).toEqual([1200, 400]);
    expect((await scene.call(`GET /v/${'2'.repeat(22)}.png`)).status).toBe(404);
  });

  it('as SVG can run nothing, are a file of their own, and there are none of a web page', async () => {
    const row = await scene.issued('demo', issuer.id, 'p-3');
    answer = draws(row);
    const svg = await get(row, '.svg');
    expect([svg.status, svg.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    const policy = svg.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none';.*; sandbox$/);
    expect(policy).not.toContain('script-src');
    expect(svg.headers.get('content-disposition')).toBe(`attachment; filename="${row.number}.svg"`);
    const template = { ...requestFor('demo', issuer.id, 'x', {}).template, mediaType: 'text/html' as const };
    const page = await scene.issued('demo', issuer.id, 'p-4', { template });
    const { status, json } = await scene.call(`GET /v/${page.public_id}.svg`);
    expect([status, json.type]).toEqual([404, 'urn:laurel:problem:no-svg']);
    expect((await scene.call(`GET /v/${page.public_id}`)).text).not.toContain('.svg');
    expect((await scene.call(`GET /v/${row.public_id}`)).text).toContain(`/v/${row.public_id}.svg"`);
  });

  it('are a 503 with a time while the generator is away or busy, and nothing of that is kept', async () => {
    const row = await scene.issued('demo', issuer.id, 'p-5');
    const refusals = [
      { status: 429, retryAfter: '7', body: {}, expected: [503, 'urn:laurel:problem:pictures-busy', '7'] },
      { status: 503, retryAfter: '4', body: {}, expected: [503, 'urn:laurel:problem:service-unavailable', '4'] },
      { status: 422, body: {}, expected: [404, 'urn:laurel:problem:no-picture', null] },
    ];
    for (const { expected, ...refusal } of refusals) {
      answer = () => Promise.resolve(refusal);
      const { status, json, headers } = await scene.call(`GET /v/${row.public_id}.png`);
      expect([status, json.type, headers.get('retry-after')]).toEqual(expected);
      expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null]);
    }
    answer = draws(row);
    expect((await get(row, '.png')).status).toBe(200);
  });

  it('are not drawn of what was altered', async () => {
    const row = await scene.issued('demo', issuer.id, 'p-6');
    answer = draws(row);
    await scene.owner.query("UPDATE certificate SET credential = credential || 'A' WHERE id = $1", [row.id]);
    expect((await get(row, '.png')).status).toBe(502);
    expect(asked).toEqual([]);
  });

  it('stand on the page and in what a shared link shows, with their room kept', async () => {
    const row = await scene.issued('demo', issuer.id, 'p-7');
    answer = draws(row);
    await get(row, '.png?width=800');
    const { text, headers } = await scene.call(`GET /v/${row.public_id}`);
    const alt = 'Certificate: Rust for Systems Engineers, awarded to Asha Verma';
    expect(text).toMatch(new RegExp(`<img\\s+src="${row.public_id}.png\\?width=800"`));
    for (const part of [
      'width="1200"',
      'height="840"',
      `alt="${alt}"`,
      'loading="lazy"',
      `<meta property="og:image" content="${scene.url}/v/${row.public_id}.png?width=1200" />`,
      `<meta property="og:image:alt" content="${alt}" />`,
      '<meta name="twitter:card" content="summary_large_image" />',
    ])
      expect(text).toContain(part);
    expect(headers.get('content-security-policy')).toContain("img-src 'self' data:");
    const revoke = { as: 'demo issuer', body: { reason: 'Issued in error' } };
    await scene.call(`POST /v1/certificates/${row.id}/revoke`, revoke);
    const revoked = (await scene.call(`GET /v/${row.public_id}`)).text;
    expect(revoked).toContain('<span class="stamp" aria-hidden="true">Revoked</span>');
    expect(revoked).not.toContain('og:image');
    expect((await get(row, '.png?width=800')).status).toBe(200);
  });
});
