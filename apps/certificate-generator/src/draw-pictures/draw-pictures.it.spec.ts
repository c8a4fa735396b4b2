import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CertificateRow } from '@laurel/certificates';
import { startTokens, type Tokens } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { GeneratorStage } from '../failure-table/generator-stage.spec.ts';

let stage: GeneratorStage;
let tokens: Tokens;
let url: string;
let rows: ReadonlyMap<string, CertificateRow>;

const page = '<!doctype html><p>{{recipient.name}}</p><div data-slot="qr" style="width:40mm;height:40mm"></div>';

beforeAll(async () => {
  [stage, tokens] = await Promise.all([GeneratorStage.open(inject('stack')), startTokens()]);
  const generator = await stage.start('', tokens.settings);
  ({ url } = generator);
  await generator.isReady();
  const sha256 = createHash('sha256').update(page).digest('hex');
  const file = stage.objectFile(`assets/demo/${sha256}.html`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, page);
  const recipient = { learnerId: 'asha', name: 'Asha वर्मा', email: 'asha@example.org' };
  const template = { id: 'page', version: 1, sha256, mediaType: 'text/html' as const };
  await stage.send([
    stage.request('asha', { recipient }),
    stage.request('page', { template }),
    stage.request('altered'),
  ]);
  const all = await stage.patiently(
    'certificates',
    () => stage.rows(),
    (found) => found.filter(({ state }) => state === 'issued').length === 3,
  );
  rows = new Map(all.map((row) => [row.recipient_learner_id, row]));
}, 180_000);
afterAll(async () => {
  await stage.close();
  await tokens.stop();
});

async function draw(learner: string, wish: object, tenant = 'demo', id = rows.get(learner)?.id) {
  const answer = await fetch(`${url}/internal/certificates/${id}/picture`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tenant-id': tenant, ...(await tokens.ofService()) },
    body: JSON.stringify(wish),
  });
  const { object, type } = (await answer.json()) as { object?: string; type?: string };
  return { status: answer.status, object: object ?? '', type: type?.replace('urn:laurel:problem:', '') };
}
const read = (object: string) => readFileSync(stage.objectFile(object));

describe('pictures of issued certificates', { timeout: 120_000 }, () => {
  test('are drawn, kept under the name of the document that they show, and then not drawn again', async () => {
    const { pdf_sha256, credential } = rows.get('asha')!;
    const many = await Promise.all([
      draw('asha', { format: 'png' }),
      draw('asha', { format: 'png', width: 400 }),
      draw('asha', { format: 'svg' }),
    ]);
    expect(many.map(({ status, object }) => [status, object])).toEqual([
      [200, `pictures/demo/${pdf_sha256}-1200.png`],
      [200, `pictures/demo/${pdf_sha256}-400.png`],
      [200, `pictures/demo/${pdf_sha256}.svg`],
    ]);
    const [png, small, svg] = many.map(({ object }) => read(object)) as [Buffer, Buffer, Buffer];
    expect([png.readUInt32BE(16), small.readUInt32BE(16)]).toEqual([1200, 400]);
    expect(png.toString('latin1')).toContain(`openbadgecredential\0\0\0\0\0${credential}`);
    expect(svg.toString()).toContain(`<openbadges:credential verify="${credential}"/>`);
    expect(svg.toString()).toMatch(/>Asha वर्मा</);
    writeFileSync(stage.objectFile(many[1]?.object ?? ''), 'the first that was kept');
    expect(await draw('asha', { format: 'png', width: 400 })).toEqual(many[1]);
    expect(read(many[1]?.object ?? '').toString()).toBe('the first that was kept');
  });

  test('show what was issued, whoever has another name and whatever has become of it since', async () => {
    await stage.query("UPDATE issuer SET name = 'Renamed'");
    await stage.query("UPDATE certificate SET state = 'revoked', state_reason = 'x' WHERE id = $1", [
      rows.get('asha')!.id,
    ]);
    const { pdf_sha256 } = rows.get('asha')!;
    const object = `pictures/demo/${pdf_sha256}.svg`;
    const before = read(object).toString();
    expect(before).toContain('Acme &amp; Söhne');
    // As if it had been swept: it is drawn once more, and is the same.
    rmSync(stage.objectFile(object));
    expect(await draw('asha', { format: 'svg' })).toMatchObject({ status: 200, object });
    expect(read(object).toString()).toBe(before);
  });

  test('are for other services alone, of certificates of their tenant, and of what can be drawn', async () => {
    const { authorization } = await tokens.of('demo', 'admin');
    const stranger = await fetch(`${url}/internal/certificates/${rows.get('asha')!.id}/picture`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ format: 'png' }),
    });
    expect(stranger.status).toBe(401);
    expect(await draw('asha', { format: 'png' }, 'demo-two')).toMatchObject({ status: 404, type: 'not-found' });
    expect(await draw('asha', { format: 'png' }, 'demo', randomUUID())).toMatchObject({ status: 404 });
    for (const wish of [{ format: 'gif' }, { format: 'png', width: 9_999 }, { format: 'svg', width: 400 }])
      expect(await draw('asha', wish)).toMatchObject({ status: 400 });
    expect(await draw('page', { format: 'svg' })).toMatchObject({ status: 422, type: 'picture-no-svg' });
    expect(await draw('page', { format: 'png', width: 400 })).toMatchObject({ status: 200 });
  });

  test('are not drawn of a credential that is not the one that was issued', async () => {
    const { id, pdf_sha256 } = rows.get('altered')!;
    await stage.query("UPDATE certificate SET credential = credential || 'A' WHERE id = $1", [id]);
    expect((await draw('altered', { format: 'png' })).status).toBe(500);
    expect(existsSync(stage.objectFile(`pictures/demo/${pdf_sha256}-1200.png`))).toBe(false);
  });
});
