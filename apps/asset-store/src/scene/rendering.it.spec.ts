import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AssetsScene, type Json } from './assets-scene.spec.ts';

let scene: AssetsScene;
beforeAll(async () => {
  const stack = inject('stack');
  scene = await AssetsScene.open(stack);
  await scene.useRealGenerator(stack);
  await scene.call('POST', '/v1/templates', { id: 'gala', title: 'Gala' });
}, 180_000);
afterAll(() => scene.close());

const require = createRequire(import.meta.resolve('@laurel/rendering/package.json'));
const read = (path: string) => readFileSync(require.resolve(`@expo-google-fonts/${path}`));
// A weight that Laurel does not bring.
const black = read('cinzel/900Black/Cinzel_900Black.ttf');
const inOurs = ['Cinzel-Black', 'SourceSans3-Regular'];

/** The name stands in the tenant's font, and nothing else does. */
const design = `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 297 210"><style>.name{font-family:'Gala Black'}</style><text x="20" y="40" font-size="10">Certificate</text><text class="name" x="20" y="90" font-size="14" data-fit-width="200">{{recipient.name}}</text><text x="20" y="120" font-size="6">{{achievement.name}}, {{certificate.issuedOn}}, {{certificate.number}}</text><rect x="20" y="150" width="30" height="30" data-slot="qr"/></svg>`;
const versions = '/v1/templates/gala/versions';
const svg = { 'content-type': 'image/svg+xml' };
/** The names of the fonts in a PDF, without the mark of a part. */
const fontsOf = (pdf: Buffer) =>
  [...pdf.toString('latin1').matchAll(/\/FontName \/[A-Z]{6}\+([^\s/]+)/g)].map(([, font]) => font ?? '').sort();

describe('with the real generator', { timeout: 120_000 }, () => {
  test('a design in a font of its tenant is checked, previewed, published and sampled', async () => {
    const licence = new URLSearchParams({ family: 'Gala Black', licence: 'SIL Open Font License 1.1' }).toString();
    const kept = await scene.call('PUT', `/v1/fonts/gala?${licence}`, black, { 'content-type': 'font/ttf' });
    expect(kept.status).toBe(201);
    const loose = await scene.call('POST', '/v1/templates/preview?sample=short', design, svg);
    expect([loose.status, fontsOf(loose.bytes)]).toEqual([200, inOurs]);

    const draft = await scene.call('POST', versions, design, svg);
    expect(draft).toMatchObject({ status: 201, json: { version: 1, fonts: [{ id: 'gala', version: 1 }] } });
    expect(draft.json['slots']).toContain('recipient.name');
    expect((draft.json['longest'] as Json[])[0]).toMatchObject({
      slot: 'recipient.name',
      characters: expect.any(Number),
    });
    const covered = design.replace('</svg>', '<rect x="20" y="150" width="20" height="20"/></svg>');
    const unreadable = await scene.call('POST', versions, covered, svg);
    expect(unreadable).toMatchObject({ status: 422, json: { errors: [{ code: 'qr', level: 'error', line: 1 }] } });
    const preview = (wanted: object) => scene.call('POST', `${versions}/1/preview`, wanted);
    const pdf = await preview({ values: { 'recipient.name': 'Asha Rao' } });
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(fontsOf(pdf.bytes)).toEqual(inOurs);
    const arabic = await preview({ sample: 'arabic' });
    expect(fontsOf(arabic.bytes).some((font) => font.includes('Arabic'))).toBe(true);
    const png = await preview({ format: 'png' });
    expect([png.status, png.headers.get('content-type'), png.bytes.readUInt32BE(16)]).toEqual([
      200,
      'image/png',
      1_200,
    ]);
    const drawn = await preview({ format: 'svg', sample: 'short' });
    expect([drawn.status, drawn.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(drawn.bytes.toString()).toContain(black.toString('base64'));

    expect((await scene.call('POST', `${versions}/1/publish`)).json['state']).toBe('published');
    const { json } = await scene.call('GET', `${versions}/1/samples`, undefined, {}, 'demo-viewer');
    const items = json['items'] as Json[];
    expect(items.length).toBeGreaterThan(10);
    for (const { name, pdf, png } of items.filter(({ refusal }) => refusal === undefined)) {
      const files = await Promise.all([scene.call('GET', pdf as string), scene.call('GET', png as string)]);
      expect([name, files.map(({ status }) => status)]).toEqual([name, [200, 200]]);
      expect(files[0].bytes.toString('latin1', 0, 5)).toBe('%PDF-');
    }
  });

  test('a name that does not fit, a design that is hostile and an HTML as SVG are told why', async () => {
    const wide = await scene.call('POST', `${versions}/1/preview`, { values: { 'recipient.name': 'W'.repeat(400) } });
    expect(wide).toMatchObject({ status: 422, json: { type: 'urn:laurel:problem:template-does-not-fit' } });
    const hostile = design.replace('<text', '<script>alert(1)</script><text');
    const loose = await scene.call('POST', '/v1/templates/preview', hostile, svg);
    expect(loose).toMatchObject({ status: 422, json: { type: 'urn:laurel:problem:template-refused' } });
    expect(await scene.call('POST', versions, hostile, svg)).toMatchObject({ status: 422 });
    const html = '<!doctype html><style>@page{size:A4}</style><h1>{{recipient.name}}</h1><div data-slot="qr"></div>';
    const none = await scene.call('POST', '/v1/templates/preview?format=svg', html, { 'content-type': 'text/html' });
    expect(none).toMatchObject({ status: 422, json: { type: 'urn:laurel:problem:picture-no-svg' } });
    expect(none.json['detail']).toContain('png');
  });
});
