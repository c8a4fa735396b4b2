import { createHash } from 'node:crypto';
import type { CertificateRow } from '@laurel/certificates';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pdfOf, RegistryScene } from './registry-scene.spec.ts';

let scene: RegistryScene;
let issuer: { id: string; did: string };
let valid: CertificateRow;

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  issuer = await scene.newIssuer('demo');
  valid = await scene.issued('demo', issuer.id, 'valid');
});
afterAll(() => scene.stop());

describe('downloads', () => {
  it('are the bytes that were issued, under their hash', async () => {
    const answer = await fetch(`${scene.url}/v/${valid.public_id}.pdf`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(valid.pdf_sha256);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${valid.number}.pdf"`);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    const tag = `"${valid.pdf_sha256}"`;
    expect(answer.headers.get('etag')).toBe(tag);
    const again = await scene.call(`GET /v/${valid.public_id}.pdf`, { headers: { 'if-none-match': `W/${tag}` } });
    expect([again.status, again.text]).toEqual([304, '']);
    const { headers } = await scene.call(`HEAD /v/${valid.public_id}.pdf`);
    expect(headers.get('content-length')).toBe(String(bytes.length));
    const token = await scene.call(`GET /v/${valid.public_id}.jwt`);
    expect([token.text, token.headers.get('content-type')]).toEqual([valid.credential, 'application/vc+jwt']);
    const decoded = await fetch(`${scene.url}/v/${valid.public_id}.json`);
    expect(decoded.headers.get('content-type')).toBe('application/vc');
    expect(await decoded.json()).toMatchObject({ id: `${scene.url}/v/${valid.public_id}`, issuer: { id: issuer.did } });
    for (const kind of ['pdf', 'jwt', 'json']) {
      expect((await scene.call(`GET /v/${'2'.repeat(22)}.${kind}`)).status).toBe(404);
    }
  });

  it('altered or lost bytes are never sent, and raise an alarm', async () => {
    const altered = await scene.issued('demo', issuer.id, 'd-1');
    const lost = await scene.issued('demo', issuer.id, 'd-2');
    await scene.objects.delete([altered.pdf_object!, lost.pdf_object!]);
    await scene.objects.put([{ name: altered.pdf_object!, bytes: pdfOf('forged'), mediaType: 'application/pdf' }]);
    for (const row of [altered, lost]) {
      const { status, json, text } = await scene.call(`GET /v/${row.public_id}.pdf`);
      expect([status, json.type, text.includes('%PDF')]).toEqual([
        502,
        'urn:laurel:problem:stored-bytes-differ',
        false,
      ]);
      expect(scene.log.some((line) => line.includes('"fatal"') && line.includes(row.id))).toBe(true);
    }
    await scene.owner.query("UPDATE certificate SET credential = credential || 'A' WHERE id = $1", [altered.id]);
    for (const kind of ['jwt', 'json']) {
      expect((await scene.call(`GET /v/${altered.public_id}.${kind}`)).status).toBe(502);
    }
  });
});
