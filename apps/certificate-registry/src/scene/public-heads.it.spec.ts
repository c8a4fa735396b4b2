import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { CertificateRow } from '@laurel/certificates';
import { pictureObjectName } from '@laurel/object-store';
import { waitFor } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { BrowserTab } from './browser-tab.it.spec.ts';
import { RegistryScene } from './registry-scene.spec.ts';

let scene: RegistryScene;
let tab: BrowserTab;
let issuer: { id: string };
let row: CertificateRow;
let generator: Server;
/** When the generator may have drawn what it was asked for. */
let mayDraw = Promise.withResolvers<undefined>();
let drawn: Buffer;

beforeAll(async () => {
  generator = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { width } = JSON.parse(Buffer.concat(parts).toString()) as { width?: number };
      const name = pictureObjectName('demo', row.pdf_sha256 ?? '', width ?? 'svg');
      void mayDraw.promise
        .then(() => scene.objects.put([{ name, bytes: drawn, mediaType: 'image/png' }]))
        .then(() =>
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: name })),
        );
    });
  }).listen(0, '127.0.0.1');
  await once(generator, 'listening');
  const at = `http://127.0.0.1:${(generator.address() as AddressInfo).port}`;
  [scene, tab] = await Promise.all([RegistryScene.open(inject('stack'), at), BrowserTab.open()]);
  issuer = await scene.newIssuer('demo');
  row = await scene.issued('demo', issuer.id, 'L-1');
  const list = row.status_list ?? '';
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  await scene.owner.query(
    `INSERT INTO signed_status_list VALUES ($1, '{}', $2, 'a.b.c', $3, now(), now() + interval '24 h', now(), now() + interval '11 h')`,
    [list, sha256('{}'), sha256('a.b.c')],
  );
});
afterAll(async () => {
  mayDraw.resolve(undefined);
  await Promise.all([scene.stop(), tab.close()]);
  generator.close();
});

const picture = (width: number, height: number) =>
  tab
    .evaluate<string>(
      `(() => {
        const canvas = Object.assign(document.createElement('canvas'), { width: ${width}, height: ${height} });
        canvas.getContext('2d').fillRect(0, 0, ${width}, ${height});
        return canvas.toDataURL('image/png').split(',')[1];
      })()`,
    )
    .then((text) => Buffer.from(text, 'base64'));

describe('a picture that is still being drawn', () => {
  it.each([
    ['lying', 1200, 848, 390],
    ['standing', 848, 1200, 1280],
  ])('has its place from the beginning: a %s one', async (_, width, height, screen) => {
    mayDraw = Promise.withResolvers();
    drawn = await picture(width, height);
    row = await scene.issued('demo', issuer.id, `drawn-${width}`);
    const size = { width: screen, height: 844 };
    // The page is loaded only when its picture is: look before.
    const loaded = tab.show(`${scene.url}/v/${row.public_id}`, size);
    const place = () =>
      tab.evaluate<{ places: number[]; drawn: number } | null>(`(() => {
        const image = document.images[0];
        if (!image || document.readyState === 'loading' || !location.href.endsWith('${row.public_id}')) return null;
        image.loading = 'eager';
        const of = (each) => { const { top, height } = each.getBoundingClientRect(); return [top + scrollY, height]; };
        return { places: ['.paper', '.downloads', 'footer'].flatMap((each) => of(document.querySelector(each))), drawn: image.naturalWidth };
      })()`);
    const before = await waitFor('the page', place, (seen) => seen !== null);
    expect(before?.drawn).toBe(0);
    // A4, lying.
    expect((before?.places[1] ?? 0) / Math.min(size.width - 40, 592)).toBeCloseTo(210 / 297, 1);
    mayDraw.resolve(undefined);
    await loaded;
    await tab.evaluate('document.images[0].decode()');
    const after = await place();
    expect(after?.places).toEqual(before?.places);
    expect(after?.drawn).toBeGreaterThan(0);
    // Whoever comes later finds the proportions known.
    await tab.show(`${scene.url}/v/${row.public_id}`, size);
    const later = await place();
    expect((later?.places[1] ?? 0) > (before?.places[1] ?? 0)).toBe(height > width && screen > 1000);
  });
});

describe('a public route', () => {
  it.each([
    ['/', 303, 'no-store'],
    ['/verify', 200, 'no-cache'],
    ['/v/ID', 200, 'no-cache'],
    ['/v/ID.pdf', 200, 'private, max-age=31536000, immutable'],
    ['/v/ID.jwt', 200, 'private, max-age=31536000, immutable'],
    ['/v/ID.json', 200, 'private, max-age=31536000, immutable'],
    ['/v/ID.png?width=800', 200, 'private, max-age=31536000, immutable'],
    ['/v/ID.svg', 200, 'private, max-age=31536000, immutable'],
    ['/v1/verify/ID', 200, 'no-cache'],
    ['/issuers/ISSUER/did.json', 200, 'no-cache'],
    ['/issuers/ISSUER/jwks.json', 200, 'no-cache'],
    ['/status/LIST', 200, 'public, max-age=300'],
    ['/status/LIST.jwt', 200, 'public, max-age=300'],
    ['/v/2222222222222222222222', 404, 'no-store'],
    ['/v/2222222222222222222222.pdf', 404, 'no-store'],
    ['/v1/verify/2222222222222222222222', 404, 'no-store'],
  ])('%s answers HEAD as GET without a body, and 304 to whoever has it', async (template, status, cache) => {
    const hasTag = cache !== 'no-store';
    mayDraw.resolve(undefined);
    const path = template
      .replace('ID', row.public_id)
      .replace('ISSUER', issuer.id)
      .replace('LIST', row.status_list ?? '');
    const ask = async (method: string, headers = {}) => {
      const answer = await fetch(scene.url + path, { method, headers, redirect: 'manual' });
      const size = (await answer.arrayBuffer()).byteLength;
      const told = [...answer.headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name));
      return { status: answer.status, size, headers: Object.fromEntries(told) };
    };
    const got = await ask('GET');
    const { 'transfer-encoding': _, ...headers } = got.headers;
    expect([got.status, 'etag' in headers, headers['cache-control']]).toEqual([status, hasTag, cache]);
    const head = await ask('HEAD');
    expect(head).toEqual({ status, size: 0, headers });
    if (!hasTag) return;
    expect(got.size).toBeGreaterThan(0);
    for (const method of ['GET', 'HEAD']) {
      const kept = await ask(method, { 'if-none-match': headers['etag'] });
      expect([kept.status, kept.size, kept.headers['etag']]).toEqual([304, 0, headers['etag']]);
      expect(kept.headers['cache-control']).toBe(headers['cache-control']);
      const other = await ask(method, { 'if-none-match': '"other"' });
      expect(other.status).toBe(200);
    }
  });
});
