import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { RegistryScene } from './registry-scene.spec.ts';

let scene: RegistryScene;
beforeAll(async () => (scene = await RegistryScene.open(inject('stack'))));
afterAll(() => scene.stop());

const operator = { as: 'demo operator' };
const keep = (body: object) => scene.call('PUT /v1/trusted-issuers', { ...operator, body });
const remove = (issuer: string) =>
  scene.call(`DELETE /v1/trusted-issuers?issuer=${encodeURIComponent(issuer)}`, operator);
const listed = async (query = '') => (await scene.call(`GET /v1/trusted-issuers${query}`, operator)).json;

describe('the list of trusted issuers', () => {
  it('is kept by operators alone, and read by whoever works with certificates', async () => {
    for (const role of ['admin', 'creator', 'issuer', 'viewer', 'learner']) {
      const as = `demo ${role}`;
      const body = { issuer: 'https://a.example', name: 'A' };
      expect((await scene.call('PUT /v1/trusted-issuers', { as, body })).status).toBe(403);
      expect((await scene.call('GET /v1/trusted-issuers', { as })).status).toBe(role === 'learner' ? 403 : 200);
      expect((await scene.call('DELETE /v1/trusted-issuers?issuer=https://a.example', { as })).status).toBe(403);
    }
    expect((await scene.call('GET /v1/trusted-issuers')).status).toBe(401);
  });

  it('takes DIDs and origins, writes them anew, pages, and gives them up', async () => {
    const all = [
      'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      'did:web:a.example:b',
      'https://a.example:8443',
    ];
    for (const issuer of all) expect((await keep({ issuer, name: 'A' })).status).toBe(200);
    const { status, json } = await keep({ issuer: all[1], name: 'B', note: 'By contract' });
    expect([status, json]).toEqual([
      200,
      {
        ...{ issuer: all[1], name: 'B', note: 'By contract' },
        ...{ actor: expect.any(String) as string, changedAt: expect.any(String) as string },
      },
    ]);
    const first = await listed('?limit=2');
    const second = await listed(`?limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items]).toMatchObject([
      { issuer: all[0], name: 'A' },
      { issuer: all[1], name: 'B', note: 'By contract' },
      { issuer: all[2], name: 'A' },
    ]);
    for (const issuer of all) expect((await remove(issuer)).status).toBe(204);
    expect((await remove(all[0]!)).json.type).toBe('urn:laurel:problem:not-found');
    expect((await listed()).items).toEqual([]);
  });

  it.each([
    'http://a.example',
    'https://a.example/',
    'https://a.example/b',
    'https://A.example',
    'https://user@a.example',
    'did:web:',
    'did:web:\u0430.example',
    'did:ion:a',
    '*',
    '',
  ])('does not take %j', async (issuer) => {
    const { status, json } = await keep({ issuer, name: 'A' });
    expect([status, json.errors.map(({ pointer }) => pointer)]).toEqual([400, ['/issuer']]);
  });
});
