import { createHash } from 'node:crypto';
import { builtInTemplates } from '@laurel/rendering/templates';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AssetsScene, type Json } from '../scene/assets-scene.spec.ts';

let scene: AssetsScene;
beforeAll(async () => {
  scene = await AssetsScene.open(inject('stack'));
  await scene.sayTenants('demo', 'demo-two');
  await scene.haveBuiltIns('demo', 'demo-two');
});
afterAll(() => scene.close());

const upload = (id: string, design: string, mediaType = 'image/svg+xml', headers = {}) =>
  scene.call('POST', `/v1/templates/${id}/versions`, design, { 'content-type': mediaType, ...headers });

describe('templates', () => {
  const good = `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 297 210"><text x="9" y="9">{{recipient.name}}</text><rect x="9" y="20" width="30" height="30" data-slot="qr"/></svg>`;
  const design = good;

  test('are drafts, then published for ever, and said once', async () => {
    expect(await scene.call('POST', '/v1/templates', { id: 'gala', title: 'Gala' })).toMatchObject({
      status: 201,
      json: { versions: [] },
    });
    expect(await scene.call('POST', '/v1/templates', { id: 'gala', title: 'Again' })).toMatchObject({ status: 409 });
    const key = { 'idempotency-key': v7() };
    const draft = await upload('gala', design, 'image/svg+xml', key);
    expect(draft).toMatchObject({ status: 201, json: { version: 1, state: 'draft', fonts: [] } });
    expect(draft.json['longest']).toEqual([{ slot: 'recipient.name', script: 'Latn', text: 'Anna', characters: 4 }]);
    expect((draft.json['advice'] as Json[]).every(({ level }) => level === 'advice')).toBe(true);
    expect((await upload('gala', design, 'image/svg+xml', key)).json['version']).toBe(1);
    expect(await scene.said('template.published', 'demo')).toHaveLength(builtInTemplates.length);
    await scene.refusing('template_version', async () => {
      expect(await scene.call('POST', '/v1/templates/gala/versions/1/publish')).toMatchObject({ status: 503 });
      expect(await scene.said('template.published', 'demo')).toHaveLength(builtInTemplates.length);
    });
    for (let time = 0; time < 2; time++) {
      expect(await scene.call('POST', '/v1/templates/gala/versions/1/publish')).toMatchObject({
        status: 200,
        json: { state: 'published' },
      });
    }
    const events = (await scene.said('template.published', 'demo')).filter(({ templateId }) => templateId === 'gala');
    expect(events).toEqual([
      {
        templateId: 'gala',
        version: 1,
        title: 'Gala',
        mediaType: 'image/svg+xml',
        sha256: draft.json['sha256'],
        slots: draft.json['slots'],
      },
    ]);
    await expect(
      scene.database.query(`UPDATE template_version SET sha256 = repeat('b', 64) WHERE template_id = 'gala'`),
    ).rejects.toThrow('never changes');
    expect((await upload('gala', `${design}\n`)).json['version']).toBe(2);
    expect((await scene.call('GET', '/v1/templates/gala')).json).toMatchObject({
      published: 1,
      versions: [{ state: 'published' }, { state: 'draft' }],
    });
    expect((await scene.call('GET', '/v1/templates?limit=100')).json['items']).toHaveLength(
      builtInTemplates.length + 1,
    );
  });

  test('can be read for ever, and cost nothing the second time', async () => {
    const source = await scene.call('GET', '/v1/templates/gala/versions/1/source');
    expect(source.bytes.toString()).toBe(design);
    expect(source.headers.get('content-type')).toBe('image/svg+xml');
    expect(source.headers.get('cache-control')).toContain('immutable');
    expect(source.headers.get('content-security-policy')).toContain('sandbox');
    const tag = source.headers.get('etag') ?? '';
    const again = await scene.call('GET', '/v1/templates/gala/versions/1/source', undefined, { 'if-none-match': tag });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    const preview = await scene.call('POST', '/v1/templates/gala/versions/1/preview', {
      values: { 'recipient.name': 'Asha' },
    });
    expect([preview.status, preview.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(JSON.parse(preview.bytes.toString().replace('%PDF ', ''))).toEqual({
      ...{ mediaType: 'image/svg+xml', source: design, sample: 'ordinary', format: 'pdf' },
      values: { 'recipient.name': 'Asha' },
    });
  });

  test('that are not safe are refused with everything that is wrong, where it is, and nothing is kept', async () => {
    const bad = good.replace(
      '<text',
      `<script>alert(1)</script>\n<image href="https://example.org/x.png" onload="x()"/><text`,
    );
    const { status, json } = await upload('gala', bad);
    expect({ status, type: json['type'] }).toEqual({ status: 422, type: 'urn:laurel:problem:template-refused' });
    const errors = json['errors'] as Json[];
    expect(errors.length).toBeGreaterThanOrEqual(3);
    const levels = errors.map(({ level }) => String(level));
    expect(levels).toEqual(levels.toSorted((one, other) => other.localeCompare(one)));
    for (const error of errors) {
      expect(error).toEqual({
        ...{ in: 'body', pointer: '', code: expect.any(String), detail: expect.any(String) },
        ...{ line: expect.any(Number), column: expect.any(Number) },
        ...{ level: expect.stringMatching(/^(?:error|advice)$/), advice: expect.any(String) },
      });
    }
    const wrong = errors.filter(({ level }) => level === 'error');
    expect(new Set(wrong.map(({ line }) => Number(line)))).toEqual(new Set([1, 2]));
    expect(await upload('gala', 'no svg at all')).toMatchObject({ status: 422 });
    expect(await upload('gala', '<p>no page', 'text/csv')).toMatchObject({ status: 415 });
    const large = await upload('gala', good.replace('</svg>', `<!--${'x'.repeat(2 * 1024 * 1024)}--></svg>`));
    expect(large).toMatchObject({ status: 422, json: { errors: [{ code: 'size', line: 1 }] } });
    expect((await scene.call('GET', '/v1/templates/gala')).json['versions']).toHaveLength(2);
  });

  test('wait for the generator: 503 with Retry-After, and nothing has changed', async () => {
    scene.generatorIsBusy = true;
    const busy = await scene.call('POST', '/v1/templates/gala/versions/1/preview', {});
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '3']);
    scene.generatorIsBusy = false;
    await scene.stopGenerator();
    const away = await upload('gala', good);
    expect([away.status, Number(away.headers.get('retry-after')) > 0]).toEqual([503, true]);
    expect((await scene.call('GET', '/v1/templates/gala')).json['versions']).toHaveLength(2);
    await scene.startGenerator();
    expect((await upload('gala', good)).status).toBe(201);
  });
});

test('images are versions of their content, kept once, PNG or JPEG only', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
    'base64',
  );
  const other = Buffer.concat([
    png.subarray(0, 33),
    Buffer.from('00000003744558746100622f4f0d2a', 'hex'),
    png.subarray(33),
  ]);
  const keep = (file: Buffer, type = 'image/png', who = 'demo-creator') =>
    scene.call('PUT', '/v1/images/logo', file, { 'content-type': type }, who);
  const sha256 = createHash('sha256').update(png).digest('hex');
  const first = { id: 'logo', version: 1, mediaType: 'image/png', sha256, bytes: png.length, width: 1, height: 1 };
  const kept = await Promise.all([keep(png), keep(png)]);
  expect(kept.map(({ status }) => status).sort()).toEqual([200, 201]);
  for (const { json } of kept) expect(json).toEqual(first);
  expect(await keep(other)).toMatchObject({ status: 201, json: { version: 2 } });
  expect(await keep(png)).toMatchObject({ status: 200, json: { version: 1 } });
  expect(await keep(png, 'image/jpeg')).toMatchObject({
    status: 422,
    json: { type: 'urn:laurel:problem:image-refused' },
  });
  expect(await keep(Buffer.from('<svg/>'))).toMatchObject({ status: 422 });
  expect(await keep(Buffer.alloc(2 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
  expect(await keep(png, 'image/png', 'demo-viewer')).toMatchObject({ status: 403 });
  const read = await scene.call('GET', '/v1/images/logo/versions/1', undefined, {}, 'demo-viewer');
  expect(read.bytes.equals(png)).toBe(true);
  expect(read.headers.get('etag')).toBe(`"${sha256}"`);
  expect(await scene.call('GET', '/v1/images/logo/versions/3')).toMatchObject({ status: 404 });
});

test('credential types are drafts, then published for ever, and said once', async () => {
  const type = {
    name: 'Jab',
    input: { dose: { type: 'string', required: true } },
    occasion: ['dose'],
    claims: ['dose'],
  };
  const key = { 'idempotency-key': v7() };
  for (let time = 0; time < 2; time++) {
    expect(await scene.call('POST', '/v1/credential-types', { id: 'jab', ...type }, key)).toMatchObject({
      status: 201,
      json: { id: 'jab', name: 'Jab', versions: [{ version: 1, state: 'draft', ...type, meta: [], qr: 'url' }] },
    });
  }
  const faulty = await scene.call('POST', '/v1/credential-types', { ...type, claims: ['name'], occasion: ['place'] });
  expect(faulty).toMatchObject({
    status: 400,
    json: { errors: [{ pointer: '/claims/0' }, { pointer: '/occasion/0' }] },
  });
  expect(await scene.said('credential-type.published', 'demo')).toHaveLength(1);
  for (let time = 0; time < 2; time++) {
    expect(await scene.call('POST', '/v1/credential-types/jab/versions/1/publish')).toMatchObject({
      status: 200,
      json: { state: 'published' },
    });
  }
  expect((await scene.said('credential-type.published', 'demo')).filter(({ typeId }) => typeId === 'jab')).toEqual([
    { typeId: 'jab', version: 1, ...type, meta: [], qr: 'url' },
  ]);
  expect(await scene.call('POST', '/v1/credential-types/jab/versions', { ...type, name: 'Jab 2' })).toMatchObject({
    status: 201,
    json: { version: 2 },
  });
  expect((await scene.call('GET', '/v1/credential-types')).json['items']).toMatchObject([
    { id: 'course-completion' },
    { id: 'jab', name: 'Jab 2', published: 1 },
  ]);
});

test('a tenant sees and changes only its own', async () => {
  const ask = (method: string, path: string, body?: object | string, headers = {}) =>
    scene.call(method, path, body, headers, 'demo-two-creator');
  for (const path of [
    '/templates/gala',
    '/templates/gala/versions/1/source',
    '/images/logo/versions/1',
    '/credential-types/jab',
  ]) {
    expect([path, (await ask('GET', `/v1${path}`)).status]).toEqual([path, 404]);
  }
  for (const path of ['/templates/gala/versions/2/publish', '/credential-types/jab/versions/2/publish']) {
    expect([path, (await ask('POST', `/v1${path}`)).status]).toEqual([path, 404]);
  }
  expect(await ask('POST', '/v1/templates/gala/versions', '<svg/>', { 'content-type': 'image/svg+xml' })).toMatchObject(
    { status: 404 },
  );
  const counts = { templates: builtInTemplates.length, credentialTypes: 1, images: 0 };
  expect((await ask('GET', '/counts')).json).toEqual(counts);
  expect((await scene.call('GET', '/counts')).json).toEqual({
    templates: counts.templates + 1,
    credentialTypes: 2,
    images: 1,
  });
  expect((await scene.call('GET', '/v1/templates/gala')).json['versions']).toHaveLength(3);
});
