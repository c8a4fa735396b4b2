import { request } from 'node:http';
import { crc32, deflateSync } from 'node:zlib';
import type { CertificateRow } from '@laurel/certificates';
import { waitFor, withinCpu } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { RegistryScene } from './registry-scene.spec.ts';

let scene: RegistryScene;
let valid: CertificateRow;
let token: string;

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  const issuer = await scene.newIssuer('demo');
  valid = await scene.issued('demo', issuer.id, 'valid');
  token = valid.credential!;
});
afterAll(() => scene.stop());

/** Within 100 ms of this process, which serves too, whatever it is: what strangers send must not hold the others up. */
async function post(path: string, type: string, body: string | Buffer) {
  const request = { method: 'POST', headers: { 'content-type': type }, body };
  const answer = await withinCpu(100, () => fetch(scene.url + path, request));
  const json = (await answer.json()) as { verdict?: string; type?: string; reasons?: { code: string }[] };
  return [answer.status, json.verdict ?? json.type, json.reasons?.[0]?.code];
}
const presentPdf = (pdf: Buffer) => post('/v1/verify/document', 'application/pdf', pdf);
const presentPng = (png: Buffer) => post('/v1/verify/document', 'image/png', png);
const presentText = (credential: string) => post('/v1/verify', 'application/json', JSON.stringify({ credential }));

const bomb = () => deflateSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });

/** A PDF with these credentials, each an attached file with what says so, and another object, as the generator's writer makes it. */
function pdfWith(credentials: string[], more: Buffer[] = []): Buffer {
  const objects = [
    ...credentials.flatMap((credential, index) => [
      `<</Type /EmbeddedFile\n/Subtype /application#2Fvc+jwt\n/Params <</Size ${credential.length}\n/ModDate (D:20260301120002Z)>>\n` +
        `/Length ${credential.length}>>\nstream\n${credential}\nendstream`,
      `<</Type /Filespec\n/F (credential.jwt)\n/AFRelationship /Source\n/EF <</F ${index * 2 + 1} 0 R\n/UF ${index * 2 + 1} 0 R>>>>`,
    ]),
    ...more.map((each) => each.toString('latin1')),
  ].map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`);
  const offsets = objects.map((_, index) => 9 + objects.slice(0, index).join('').length);
  const body = `%PDF-1.7\n${objects.join('')}`;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}>>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + end, 'latin1');
}

function pngWith(...texts: [type: string, text: Buffer][]): Buffer {
  const chunks = [['IHDR', Buffer.alloc(13)], ...texts, ['IEND', Buffer.alloc(0)]] as [string, Buffer][];
  const written = chunks.flatMap(([type, data]) => {
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(data, crc32(type)));
    return [length, Buffer.from(type), data, sum];
  });
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...written]);
}
const baked = (credential: string): [string, Buffer] => [
  'iTXt',
  Buffer.from(`openbadgecredential\0\0\0\0\0${credential}`),
];
const altered = () => token.replace(/\.[^.]*$/, `.${'A'.repeat(86)}`);

describe('a document', () => {
  it('is verified by the credential in it', async () => {
    for (const answer of [presentPdf(pdfWith([token])), presentPng(pngWith(baked(token)))]) {
      expect(await answer).toEqual([200, 'valid', 'in-force']);
    }
    for (const answer of [presentPdf(pdfWith([altered()])), presentPng(pngWith(baked(altered())))]) {
      expect(await answer).toEqual([200, 'tampered', 'signature-mismatch']);
    }
  });

  it('may hold the credential as JSON', async () => {
    const served = await scene.call(`GET /v/${valid.public_id}.json`);
    expect(await presentPng(pngWith(baked(served.text)))).toEqual([200, 'valid', 'in-force']);
    const changed = served.text.replace('Rust for Systems', 'Steering of Ships');
    expect(await presentPng(pngWith(baked(changed)))).toEqual([200, 'tampered', 'signature-mismatch']);
  });

  it('is not inflated, whatever else is in it', async () => {
    const flate = Buffer.from(`<</Filter /FlateDecode>>\nstream\n${bomb().toString('latin1')}\nendstream`, 'latin1');
    expect(await presentPdf(pdfWith([token], [flate]))).toEqual([200, 'valid', 'in-force']);
    const comment = Buffer.concat([Buffer.from('Comment\0\0'), bomb()]);
    expect(await presentPng(pngWith(['zTXt', comment], baked(token)))).toEqual([200, 'valid', 'in-force']);
    const packed = Buffer.concat([Buffer.from('openbadgecredential\0\x01\0\0\0'), bomb()]);
    expect(await presentPng(pngWith(['iTXt', packed]))).toEqual([200, 'unreadable', 'compressed']);
  });

  it.each<[string, () => Promise<unknown[]>]>([
    ['several-credentials', () => presentPdf(pdfWith([token, token]))],
    ['several-credentials', () => presentPng(pngWith(baked(token), baked(token)))],
    ['no-credential', () => presentPdf(pdfWith([]))],
    ['no-credential', () => presentPng(pngWith())],
    ['cut-off', () => presentPdf(pdfWith([token]).subarray(0, -20))],
    ['cut-off', () => presentPng(pngWith(baked(token)).subarray(0, -20))],
    ['too-long', () => presentPdf(pdfWith(['x'.repeat(262_145)]))],
    ['not-as-issued', () => presentPdf(pngWith(baked(token)))],
  ])('is unreadable: %s', async (code, answer) => {
    expect(await answer()).toEqual([200, 'unreadable', code]);
  });

  it('is a PDF or a PNG, of at most 5 MB', async () => {
    const refused = await post('/v1/verify/document', 'image/gif', 'GIF89a');
    expect(refused).toEqual([415, 'urn:laurel:problem:unsupported-media-type', undefined]);
    const large = await presentPdf(Buffer.alloc(5 * 1024 * 1024 + 1));
    expect(large).toEqual([413, 'urn:laurel:problem:body-too-large', undefined]);
  });
});

describe('what a QR code says', () => {
  it('leads to the verdict by its id, and is never fetched', async () => {
    const address = `${scene.url}/v/${valid.public_id}`;
    expect(await presentText(address)).toEqual([200, 'valid', 'in-force']);
    for (const unknown of [`${scene.url}/v/${'2'.repeat(22)}`, `${address}/../x`, `${address}.pdf`, `${address}\0`]) {
      expect(await presentText(unknown)).toEqual([200, 'unreadable', 'no-such-certificate']);
    }
    const { host } = new URL(scene.url);
    for (const foreign of [
      `https://elsewhere.example/v/${valid.public_id}`,
      `http://${host}@elsewhere.example/v/${valid.public_id}`,
      `http://${host}.elsewhere.example/v/${valid.public_id}`,
      `${address.replace('127.0.0.1', '127.0.0.\u0661')}`,
      `HTTP://127.1:${new URL(scene.url).port}/v/${valid.public_id}`,
    ]) {
      expect([foreign, ...(await presentText(foreign))]).toEqual([foreign, 200, 'status-unknown', 'foreign-address']);
    }
  });
});

describe('a body', () => {
  /** Sends 64 KB after 64 KB of what is announced, until there is an answer. */
  const pour = (path: string, type: string, length?: number) =>
    new Promise<{ status: number | undefined; sent: number }>((resolve, reject) => {
      let sent = 0;
      const headers = { 'content-type': type, ...(length === undefined ? {} : { 'content-length': length }) };
      const posted = request(scene.url + path, { method: 'POST', headers }, (answer) => {
        resolve({ status: answer.statusCode, sent });
        posted.destroy();
      });
      posted.on('error', reject);
      const piece = Buffer.alloc(65_536, ' ');
      const more = () => {
        if (posted.destroyed || sent >= 100_000_000) return;
        sent += piece.length;
        posted.write(piece, more);
      };
      more();
    });

  it.each([
    ['/v1/verify', 'application/json', 1],
    ['/v1/verify/document', 'application/pdf', 5],
  ])('of 100 MB is refused before it is read: %s', async (path, type, megabytes) => {
    const announced = await pour(path, type, 100_000_000);
    expect(announced.status).toBe(413);
    const unannounced = await pour(path, type);
    expect(unannounced.status).toBe(413);
    // What the sockets hold comes on top of what is read.
    for (const { sent } of [announced, unannounced]) expect(sent).toBeLessThan((megabytes + 15) * 1_000_000);
  });

  it('of 200,000 brackets is refused as too deep', async () => {
    const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const objects = `${'{"credential":'.repeat(16_000)}""${'}'.repeat(16_000)}`;
    for (const body of [nested, `{"credential":${nested}}`, `{"credential":{"proof":${nested}}}`, objects]) {
      const answer = await post('/v1/verify', 'application/json', body);
      expect(answer).toEqual([400, 'urn:laurel:problem:too-deep', undefined]);
    }
  });
});

it('is never a verdict while the database is away', async () => {
  const [{ name }] = await scene.owner.query<[{ name: string }]>('SELECT current_database() AS name');
  await scene.owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
  await scene.owner.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'certificate_registry' AND datname = $1",
    [name],
  );
  const away = [503, 'urn:laurel:problem:dependency-unavailable', undefined];
  const ways = [
    () => presentText(token),
    () => presentText(`${scene.url}/v/${valid.public_id}`),
    () => presentPdf(pdfWith([token])),
    () => presentPng(pngWith(baked(token))),
  ];
  try {
    for (const way of ways) expect(await way()).toEqual(away);
  } finally {
    await scene.owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
  }
  for (const way of ways) {
    await waitFor('its return', way, ([, verdict]) => verdict === 'valid');
  }
});
