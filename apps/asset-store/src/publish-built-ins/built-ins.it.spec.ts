import { assetObjectName, openObjectStore } from '@laurel/object-store';
import { builtInTemplates } from '@laurel/rendering/templates';
import { waitFor } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AssetsScene, type Json } from '../scene/assets-scene.spec.ts';

let scene: AssetsScene;
beforeAll(async () => {
  scene = await AssetsScene.open(inject('stack'));
});
afterAll(() => scene.close());

describe('built-in assets', () => {
  test('are published into each tenant that is heard of, once, with their objects there first', async () => {
    await scene.sayTenants('demo', 'demo-two', 'demo');
    for (const tenant of ['demo', 'demo-two']) {
      await scene.haveBuiltIns(tenant);
      const templates = await scene.said('template.published', tenant);
      expect(templates.map(({ templateId, version }): unknown[] => [templateId, version]).sort()).toEqual(
        builtInTemplates.map(({ id }) => [id, 1]).sort(),
      );
      const store = openObjectStore(scene.objectStoreUrl);
      for (const { templateId, sha256, mediaType, slots } of templates) {
        const bytes = await store.get(assetObjectName(tenant, sha256, mediaType));
        expect(bytes?.toString()).toBe(builtInTemplates.find(({ id }) => id === templateId)?.source);
        expect(slots).toContain('recipient.name');
      }
      expect(await scene.said('credential-type.published', tenant)).toEqual([
        expect.objectContaining({
          typeId: 'course-completion',
          version: 1,
          occasion: ['batchId', 'awardId', 'learnerId'],
        }),
      ]);
    }
    await scene.sayTenants('demo', 'other');
    await scene.haveBuiltIns('other');
    expect(await scene.said('template.published', 'demo')).toHaveLength(builtInTemplates.length);
    const { json } = await scene.call('GET', '/v1/credential-types/course-completion');
    expect(json).toMatchObject({ id: 'course-completion', name: 'Course completion', builtIn: true, published: 1 });
  });

  test('come with their events or not at all, and are tried again', async () => {
    await scene.refusing('tenant', async (refused) => {
      await scene.sayTenants('unlucky');
      await waitFor('a refused transaction', refused, Boolean);
      expect(await scene.said('template.published', 'unlucky')).toEqual([]);
    });
    await scene.haveBuiltIns('unlucky');
    expect(await scene.said('template.published', 'unlucky')).toHaveLength(builtInTemplates.length);
  });

  test('that are new appear at the next boot, and nothing else is said again', async () => {
    const [first] = builtInTemplates;
    await scene.database.query(`INSERT INTO tenant VALUES ('older', 'those of an older Laurel')`);
    await scene.database.query(`INSERT INTO template VALUES ('older', $1, 'Old', true), ('older', $2, 'Mine', false)`, [
      first?.id,
      builtInTemplates[1]?.id,
    ]);
    await scene.database.query(
      `INSERT INTO template_version (tenant_id, template_id, version, state, media_type, sha256, bytes, slots, published_at)
       VALUES ('older', $1, 1, 'published', 'image/svg+xml', repeat('a', 64), 1, '[]', now())`,
      [first?.id],
    );
    const stop = await scene.start();
    await waitFor(
      'the new versions',
      () => scene.said('template.published', 'older'),
      ({ length }) => length === builtInTemplates.length - 1,
    );
    await stop();
    const templates = await scene.said('template.published', 'older');
    expect(templates.find(({ templateId }) => templateId === first?.id)).toMatchObject({ version: 2 });
    expect(templates.some(({ templateId }) => templateId === builtInTemplates[1]?.id)).toBe(false);
  });

  test('keep their ids', async () => {
    const id = builtInTemplates[0]?.id ?? '';
    expect(await scene.call('POST', '/v1/templates', { id, title: 'Mine' })).toMatchObject({ status: 409 });
    expect(
      await scene.call('POST', `/v1/templates/${id}/versions`, '<svg/>', { 'content-type': 'image/svg+xml' }),
    ).toMatchObject({ status: 409 });
    const body = {
      id: 'course-completion',
      ...(await scene.call('GET', '/v1/credential-types/course-completion')).json['versions'][0],
    };
    const { version: _, state: __, createdAt: ___, publishedAt: ____, ...type } = body as Json;
    expect(await scene.call('POST', '/v1/credential-types', type)).toMatchObject({ status: 409 });
    const { id: _____, ...next } = type;
    expect(await scene.call('POST', '/v1/credential-types/course-completion/versions', next)).toMatchObject({
      status: 409,
    });
  });
});
