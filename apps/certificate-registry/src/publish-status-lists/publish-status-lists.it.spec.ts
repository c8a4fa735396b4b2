import { createHash } from 'node:crypto';
import { markListsOfIssuer, markStatusChanged, takeStatusIndexes } from '@laurel/certificates';
import { createDataSource, UnitOfWork } from '@laurel/persistence';
import { registryRole } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { RegistryScene } from '../scene/registry-scene.spec.ts';

let scene: RegistryScene;
let guest: DataSource;
let list: string;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
// What it says is the generator's; here it is bytes.
const [document, token] = ['{"type":["BitstringStatusListCredential"],"issuer":"did:web:x"}', 'eyJh.bGci.T2k'];

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  const url = new URL(String((scene.owner.options as { url?: string }).url));
  url.username = registryRole.name;
  url.password = registryRole.password;
  guest = createDataSource({ url: url.href, applicationName: 'guest', log: { warn: () => undefined } });
  await guest.initialize();
  list = await newList();
});

afterAll(async () => {
  await guest.destroy();
  await scene.stop();
});

/** Opens a list as the first certificate of an issuer does. */
async function newList(): Promise<string> {
  const issuerId = v7();
  const wanted = new Map([[issuerId, { tenantId: 'demo', count: 1 }]]);
  const taken = await scene.unitOfWork.run((transaction) => takeStatusIndexes(transaction, wanted));
  return taken.get(issuerId)?.[0]?.list ?? '';
}

const publish = (body: string, jwt: string) =>
  scene.owner.query(
    `INSERT INTO signed_status_list VALUES ($1, $2, $3, $4, $5, now(), now() + interval '24 h', now(), now() + interval '11 h')
     ON CONFLICT (list) DO UPDATE SET document = excluded.document, document_sha256 = excluded.document_sha256,
       token = excluded.token, token_sha256 = excluded.token_sha256`,
    [list, body, sha256(body), jwt, sha256(jwt)],
  );
const get = (path: string, headers: Record<string, string> = {}) => scene.call(`GET ${path}`, { headers });

test('a list that is not signed yet is neither missing nor empty', async () => {
  for (const path of [`/status/${list}`, `/status/${list}.jwt`]) {
    const answer = await get(path);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.json.type).toBe('urn:laurel:problem:status-list-not-signed');
  }
});

test('a list that is none is not found', async () => {
  for (const path of [`/status/${v7()}`, `/status/${v7()}.jwt`, '/status/nothing', '/status/1.jwt']) {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.json.detail).toBe('There is no status list with this id.');
  }
});

test('both forms are served byte for byte, to whoever asks, for five minutes', async () => {
  await publish(document, token);
  const asToken = { accept: 'application/vc+jwt' };
  const forms = [
    { path: `/status/${list}`, headers: {}, type: 'application/vc', body: document },
    { path: `/status/${list}`, headers: { accept: 'application/vc' }, type: 'application/vc', body: document },
    { path: `/status/${list}`, headers: asToken, type: 'application/vc+jwt', body: token },
    { path: `/status/${list}.jwt`, headers: {}, type: 'application/vc+jwt', body: token },
  ];
  for (const { path, headers, type, body } of forms) {
    const answer = await get(path, headers);
    expect([answer.status, answer.text]).toEqual([200, body]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...{ 'content-type': type, 'content-length': String(body.length), etag: `"${sha256(body)}"`, vary: 'Accept' },
      ...{ 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' },
    });
    const head = await scene.call(`HEAD ${path}`, { headers });
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', `"${sha256(body)}"`]);
    expect(head.headers.get('content-type')).toBe(type);

    const kept = await get(path, { ...headers, 'if-none-match': `"${sha256(body)}"` });
    expect([kept.status, kept.text, kept.headers.get('vary')]).toEqual([304, '', 'Accept']);
    expect(kept.headers.get('cache-control')).toBe('public, max-age=300');
  }
  // The tag of one form is no tag of the other.
  expect((await get(`/status/${list}`, { 'if-none-match': `"${sha256(token)}"` })).status).toBe(200);
});

test('the next edition is served as soon as it is signed', async () => {
  await publish(document, token);
  const tag = (await get(`/status/${list}`)).headers.get('etag') ?? '';
  await publish(`${document} `, `${token}x`);
  const answer = await get(`/status/${list}`, { 'if-none-match': tag });
  expect([answer.status, answer.text]).toEqual([200, `${document} `]);
});

test('the role that faces the internet marks changes and reads what is public, and no more', async () => {
  await new UnitOfWork(guest).run(async (transaction) => {
    await markStatusChanged(transaction, [list]);
    await markListsOfIssuer(transaction, v7());
  });
  await guest.query('SELECT id, tenant_id, issuer_id, ordinal, size, opened_at FROM status_list');
  const denied = [
    'SELECT permutation_key FROM status_list',
    'SELECT * FROM status_list',
    'SELECT * FROM status_index_counter',
    'SELECT * FROM status_list_change',
    'DELETE FROM status_list_change',
    "UPDATE signed_status_list SET document = ''",
    'DELETE FROM signed_status_list',
    'UPDATE status_list SET ordinal = 7',
    'UPDATE certificate SET status_index = 7',
    'UPDATE certificate SET status_list = NULL',
  ];
  for (const sql of denied) await expect(guest.query(sql)).rejects.toThrow('permission denied');
});
