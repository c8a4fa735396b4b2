import { builtInTemplates } from '@laurel/rendering/templates';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AssetsScene, type Json } from '../scene/assets-scene.spec.ts';

let scene: AssetsScene;
beforeAll(async () => {
  scene = await AssetsScene.open(inject('stack'));
  await scene.sayTenants('demo', 'demo-two');
  await scene.haveBuiltIns('demo', 'demo-two');
  await scene.call('POST', '/v1/templates', { id: 'gala & co', title: 'Gala' });
});
afterAll(() => scene.close());

const design = `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 297 210"><text x="9" y="9">{{recipient.name}}</text><rect x="9" y="20" width="30" height="30" data-slot="qr"/></svg>`;
const versions = '/v1/templates/gala%20%26%20co/versions';
const upload = (source: string) => scene.call('POST', versions, source, { 'content-type': 'image/svg+xml' });
const rendered = () => scene.generatorCalls.filter((route) => route === 'samples').length;

describe('the samples of a version', () => {
  test('are rendered before it is published, kept with it, and never again', async () => {
    expect((await upload(design)).status).toBe(201);
    const before = rendered();
    scene.generatorIsBusy = true;
    const busy = await scene.call('POST', `${versions}/1/publish`);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '3']);
    expect((await scene.call('GET', versions.replace('/versions', ''))).json['versions'][0].state).toBe('draft');
    scene.generatorIsBusy = false;
    const published = await Promise.all([1, 2].map(() => scene.call('POST', `${versions}/1/publish`)));
    expect(published.map(({ status }) => status)).toEqual([200, 200]);
    // The busy one, and one run of two calls.
    expect(rendered() - before).toBe(3);
    await scene.stopGenerator();
    const { json } = await scene.call('GET', `${versions}/1/samples`, undefined, {}, 'demo-viewer');
    expect((json['items'] as Json[]).map(({ name, refusal }): unknown[] => [name, refusal?.reason])).toEqual([
      ['ordinary', undefined],
      ['long', 'does-not-fit'],
      ['arabic', undefined],
    ]);
    const [ordinary, long] = json['items'] as Json[];
    expect(Object.keys(long ?? {})).not.toContain('pdf');
    for (const [path, type, bytes] of [
      [ordinary?.['pdf'], 'application/pdf', '%PDF ordinary'],
      [ordinary?.['png'], 'image/png', 'PNG ordinary'],
    ]) {
      const file = await scene.call('GET', path, undefined, {}, 'demo-viewer');
      expect([file.status, file.headers.get('content-type'), file.bytes.toString()]).toEqual([200, type, bytes]);
      const tag = { 'if-none-match': file.headers.get('etag') ?? '' };
      expect((await scene.call('GET', path, undefined, tag)).status).toBe(304);
    }
    expect((await scene.call('GET', `${versions}/1/samples/long.pdf`)).status).toBe(404);
    expect((await scene.call('GET', `${versions}/1/samples/long.exe`)).status).toBe(400);
    expect((await scene.call('GET', `${versions}/1/samples`, undefined, {}, 'demo-two-viewer')).status).toBe(404);
    await scene.startGenerator();
    // The same bytes as another version.
    expect((await upload(design)).json['version']).toBe(2);
    expect((await scene.call('POST', `${versions}/2/publish`)).status).toBe(200);
    expect(rendered() - before).toBe(3);
    await expect(scene.database.query(`UPDATE design_sample SET recipient = 'Bo'`)).rejects.toThrow('never changes');
  });

  test('refuse a design that prints not even an ordinary one, and nothing of it is kept', async () => {
    const silent = design.replace(/<text.*<\/text>/, '<title>{{recipient.name}}</title>');
    const { status, json } = await upload(silent);
    expect([status, json['version']]).toEqual([201, 3]);
    const refused = await scene.call('POST', `${versions}/3/publish`);
    expect(refused).toMatchObject({ status: 422, json: { type: 'urn:laurel:problem:template-unusable' } });
    expect(refused.json['detail']).toContain('give it more room');
    expect((await scene.call('GET', versions.replace('/versions', ''))).json['versions'][2].state).toBe('draft');
    const kept = await scene.database.query<Json[]>('SELECT FROM sampled_design WHERE design_sha256 = $1', [
      json['sha256'],
    ]);
    expect(kept).toEqual([]);
  });

  test('of what is built in are rendered for one tenant and copied for the others', async () => {
    const path = `/v1/templates/${builtInTemplates[0]?.id}/versions/1/samples`;
    const before = rendered();
    const first = await scene.call('GET', path, undefined, {}, 'demo-viewer');
    expect([first.status, rendered() - before]).toEqual([200, 2]);
    const second = await scene.call('GET', path, undefined, {}, 'demo-two-viewer');
    expect([second.json, rendered() - before]).toEqual([first.json, 2]);
    const file = await scene.call('GET', `${path}/arabic.png`, undefined, {}, 'demo-two-viewer');
    expect(file.bytes.toString()).toBe('PNG arabic');
  });
});
