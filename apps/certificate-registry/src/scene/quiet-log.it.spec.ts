import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CertificateRow } from '@laurel/certificates';
import { sendRecords, waitFor } from '@laurel/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { pdfOf, RegistryScene } from './registry-scene.spec.ts';

const name = 'Zubeida Qureshi';
const email = 'zubeida@example.org';

/** A generator that can draw nothing, and says more than it should. */
const generator = createServer((request, response) => {
  request.resume().on('end', () => {
    const problem = { type: 'urn:laurel:problem:no-picture', detail: `${name} has no glyphs.` };
    response.writeHead(422, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
  });
});
let scene: RegistryScene;
const rows: CertificateRow[] = [];

beforeAll(async () => {
  // Every line that there is.
  await once(generator.listen(0, '127.0.0.1'), 'listening');
  const at = `http://127.0.0.1:${(generator.address() as AddressInfo).port}`;
  scene = await RegistryScene.open(inject('stack'), at, { LOG_LEVEL: 'trace' });
  const issuer = await scene.newIssuer('demo');
  for (const learnerId of [email, `altered-${email}`, `lost-${email}`]) {
    rows.push(await scene.issued('demo', issuer.id, learnerId, { recipient: { learnerId, name, email } }));
  }
});
afterAll(async () => {
  await scene.stop();
  generator.close();
});

it('holds no name, no address, no token and no public id, whatever is verified, downloaded or fails', async () => {
  const [valid, altered, lost] = rows as [CertificateRow, CertificateRow, CertificateRow];
  const token = valid.credential ?? '';
  const forged = token.replace(/\.[^.]*$/, `.${'A'.repeat(86)}`);
  const sent: number[] = [];
  const get = async (path: string, headers = {}) => sent.push((await scene.call(`GET ${path}`, { headers })).status);
  const present = async (credential: unknown) =>
    sent.push((await scene.call('POST /v1/verify', { body: { credential } })).status);
  const submit = async (text: string, file = '') => {
    const form = new FormData();
    form.append('text', text);
    form.append('file', new Blob([file]), `${name}.pdf`);
    sent.push((await fetch(`${scene.url}/verify`, { method: 'POST', body: form })).status);
  };
  const readAll = async (row: CertificateRow) => {
    const id = row.public_id;
    for (const end of ['', '.pdf', '.jwt', '.json', '.png', '.svg', `?lang=${name}`]) await get(`/v/${id}${end}`);
    await get(`/v1/verify/${id}`, { referer: `https://mail.example/${email}`, 'user-agent': name });
    await present(`${scene.url}/v/${id}`);
    await submit(id);
  };
  const presentAll = async () => {
    for (const credential of [token, forged, name, { recipient: name }, `https://elsewhere.example/${email}`]) {
      await present(credential);
      if (typeof credential === 'string') await submit(credential);
    }
    await submit('', `%PDF-1.7 ${name} ${token}\n%%EOF\n`);
    await submit(token, token);
    await get(`/v/${encodeURIComponent(email)}`);
    await get(`/v/${encodeURIComponent(email)}.pdf?width=${encodeURIComponent(name)}`);
  };

  await scene.objects.delete([altered.pdf_object ?? '', lost.pdf_object ?? '']);
  await scene.objects.put([{ name: altered.pdf_object ?? '', bytes: pdfOf('forged'), mediaType: 'application/pdf' }]);
  await scene.owner.query("UPDATE certificate SET credential = credential || 'A' WHERE id = $1", [altered.id]);
  for (const row of rows) await readAll(row);
  await presentAll();

  // A word of a tenant that cannot be read: somebody's name in the wrong place.
  const headers = {
    ce_specversion: '1.0',
    ce_type: 'tenant.updated.v1',
    ce_source: '/x',
    ce_id: '1',
    ce_tenantid: 'demo',
  };
  const value = JSON.stringify({ id: 'demo', name: { of: name }, timeZone: email, languages: [token] });
  await sendRecords(scene.broker, [{ topic: 'tenant.updated', key: email, value, headers }]);
  await waitFor(
    'its dead letter',
    () => scene.owner.query<object[]>("SELECT FROM said WHERE topic LIKE '%.dlq'"),
    ({ length }) => length > 0,
  );

  const [{ database }] = await scene.owner.query<[{ database: string }]>('SELECT current_database() AS database');
  await scene.owner.query(`ALTER DATABASE ${database} CONNECTION LIMIT 0`);
  try {
    await scene.owner.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'certificate_registry' AND datname = $1",
      [database],
    );
    await readAll(valid);
    await presentAll();
  } finally {
    await scene.owner.query(`ALTER DATABASE ${database} CONNECTION LIMIT -1`);
  }
  expect(new Set(sent)).toEqual(new Set([200, 400, 404, 502, 503]));

  const lines = scene.log.join('');
  // It did speak: of what was altered, of what was away, of what could not be read.
  expect(lines).toContain('"code":"no-picture"');
  for (const level of ['fatal', 'error', 'warn']) expect(lines).toContain(`"level":"${level}"`);
  const secrets = [name, 'Zubeida', 'Qureshi', email, encodeURIComponent(email), 'mail.example', 'elsewhere.example'];
  const parts = token.split('.').map((part) => part.slice(0, 40));
  for (const secret of [...secrets, ...parts, ...rows.map(({ public_id }) => public_id)]) {
    expect(lines.split('\n').filter((line) => line.toLowerCase().includes(secret.toLowerCase()))).toEqual([]);
  }
});
