import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { AssetsScene, type Json } from '../scene/assets-scene.spec.ts';

let scene: AssetsScene;
beforeAll(async () => {
  scene = await AssetsScene.open(inject('stack'));
});
afterAll(() => scene.close());

const require = createRequire(import.meta.resolve('@laurel/rendering/package.json'));
const read = (path: string) => readFileSync(require.resolve(`@expo-google-fonts/${path}`));
const regular = read('cinzel/400Regular/Cinzel_400Regular.ttf');
const bold = read('cinzel/700Bold/Cinzel_700Bold.ttf');
const licence = 'SIL Open Font License 1.1';

const keep = (id: string, file: Buffer, more: Record<string, string> = {}, who = 'demo-creator') =>
  scene.call(
    'PUT',
    `/v1/fonts/${id}?${new URLSearchParams({ family: 'Acme Roman', licence, ...more }).toString()}`,
    file,
    { 'content-type': 'font/ttf' },
    who,
  );
const design = (style: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 297 210"><style>text{${style}}</style><text x="9" y="9" font-size="8">{{recipient.name}}</text><rect x="9" y="20" width="30" height="30" data-slot="qr"/></svg>`;

test('fonts are versions of their files, with a licence, and refused with the reason', async () => {
  const kept = await Promise.all([keep('roman', regular), keep('roman', regular)]);
  expect(kept.map(({ status }) => status).sort()).toEqual([200, 201]);
  const first = { id: 'roman', version: 1, family: 'Acme Roman', weight: 400, italic: false, licence };
  expect(kept[0]?.json).toMatchObject(first);
  expect(await keep('roman', regular, { licence: 'Bought for ever' })).toMatchObject({
    status: 201,
    json: { version: 2 },
  });
  expect(await keep('roman-bold', bold)).toMatchObject({ status: 201, json: { weight: 700 } });
  expect((await scene.call('GET', '/v1/fonts/roman')).json).toMatchObject({
    id: 'roman',
    versions: [{ version: 1 }, { version: 2 }],
  });
  const page = await scene.call('GET', '/v1/fonts?limit=1', undefined, {}, 'demo-viewer');
  expect(page.json['items']).toMatchObject([{ id: 'roman', version: 2, licence: 'Bought for ever' }]);
  const next = await scene.call('GET', `/v1/fonts?limit=1&cursor=${page.json['next']}`);
  expect(next.json['items']).toMatchObject([{ id: 'roman-bold' }]);
  const file = await scene.call('GET', '/v1/fonts/roman/versions/1', undefined, {}, 'demo-viewer');
  expect([file.headers.get('content-type'), file.bytes.equals(regular)]).toEqual(['font/ttf', true]);
  expect((await scene.call('GET', '/v1/fonts/roman/versions/1', undefined, {}, 'demo-two-viewer')).status).toBe(404);
  expect((await scene.call('GET', '/v1/fonts/roman', undefined, {}, 'demo-two-viewer')).status).toBe(404);

  expect((await keep('roman', regular, {}, 'demo-viewer')).status).toBe(403);
  const woff = await keep('other', Buffer.concat([Buffer.from('wOF2'), regular.subarray(4)]));
  expect(woff).toMatchObject({ status: 422, json: { type: 'urn:laurel:problem:font-refused' } });
  expect(woff.json['detail']).toContain('convert');
  const unnamed = await scene.call('PUT', '/v1/fonts/other', regular, { 'content-type': 'font/ttf' });
  expect((unnamed.json['errors'] as Json[]).map(({ pointer }: Json) => pointer as string)).toEqual([
    '/family',
    '/licence',
  ]);
  const pinned = await keep('other', regular, { family: 'EB Garamond' });
  expect([pinned.status, pinned.json['errors'][0].detail]).toEqual([400, expect.stringContaining('Laurel brings')]);
  expect((await keep('other', Buffer.alloc(2 * 1024 * 1024 + 1))).status).toBe(413);
  expect((await scene.call('GET', '/v1/fonts/other')).status).toBe(404);
  await expect(scene.database.query(`UPDATE font_version SET licence = 'none'`)).rejects.toThrow('never changes');
});

test('a design that names a family holds its fonts, and stays what it is', async () => {
  await scene.call('POST', '/v1/templates', { id: 'gala', title: 'Gala' });
  const upload = (source: string) =>
    scene.call('POST', '/v1/templates/gala/versions', source, { 'content-type': 'image/svg+xml' });
  const source = async (version: number) =>
    (await scene.call('GET', `/v1/templates/gala/versions/${version}/source`)).bytes.toString();

  expect(await upload(design('font-family:Other'))).toMatchObject({ status: 201, json: { version: 1, fonts: [] } });
  const named = await upload(design(`font-family:'ACME roman',serif`));
  expect(named).toMatchObject({
    status: 201,
    json: {
      version: 2,
      fonts: [
        { id: 'roman', version: 2 },
        { id: 'roman-bold', version: 1 },
      ],
    },
  });
  const kept = await source(2);
  for (const file of [regular, bold]) expect(kept).toContain(file.toString('base64'));
  expect(named.json['bytes']).toBe(Buffer.byteLength(kept));

  // What was downloaded, changed and sent again holds what the fonts are then, once.
  expect(await keep('roman', bold, { family: 'Acme Roman' })).toMatchObject({ status: 201, json: { version: 3 } });
  expect((await upload(kept)).json).toMatchObject({
    version: 3,
    fonts: [{ id: 'roman', version: 3 }, { id: 'roman-bold' }],
  });
  expect(await source(3)).not.toContain(regular.toString('base64'));
  expect(await source(2)).toBe(kept);

  // One that brings the family itself needs none of ours.
  const own = design('font-family:Acme Roman').replace(
    '<style>',
    `<style>@font-face{font-family:"Acme Roman";src:url(data:font/ttf;base64,${regular.toString('base64')})}`,
  );
  expect((await upload(own)).json).toMatchObject({ version: 4, fonts: [] });

  const wrong = await upload(design(`font-family:'Acme Roman'`).replace('<text', '<script/><text'));
  const column = design(`font-family:'Acme Roman'`).indexOf('<text') + 1;
  const errors = (wrong.json['errors'] as Json[]).filter(({ level }) => level === 'error');
  expect(errors).toMatchObject([{ code: 'script', line: 1, column }]);

  for (const weight of [1, 2, 3]) {
    expect((await keep(`huge-${weight}`, padded(regular, weight), { family: 'Huge' })).status).toBe(201);
  }
  const huge = await upload(design('font-family:Huge'));
  expect(huge).toMatchObject({ status: 422, json: { errors: [{ code: 'size', line: 1 }] } });
  expect(huge.json['detail']).toContain('huge-1, huge-2, huge-3');
});

/** The same font, of more than a megabyte: behind its tables a file may have what it likes. */
const padded = (file: Buffer, by: number) => Buffer.concat([file, Buffer.alloc(1_200_000, by)]);
