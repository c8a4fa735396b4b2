import { createHash } from 'node:crypto';
import { gunzipSync, inflateSync } from 'node:zlib';
import { loadContext } from '@laurel/credentials';
import { createCanvas } from '@napi-rs/canvas';
import jsqr from 'jsqr';
import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { judgeCredentials } from '../credential-judge/judge-credentials.ts';
import { Path } from '../scenarios/path.ts';
import { pathDatabases } from '../scenarios/path-databases.ts';
import { seedPath } from '../scenarios/seed-path.ts';
import '../stack/test-stack.ts';
import { waitFor } from '../waiting/wait-for.ts';
import { watchMachine } from '../waiting/watch-machine.ts';

// A CommonJS module, whose function stands at `default` by its types and at runtime.
const decodeQr = jsqr.default;

const names = {
  quotes: `Robert "Bob" O'Neill`,
  markup: '<b>Bold</b> & Brave',
  slots: '{{certificate.number}} ${issuerName}',
  arabic: 'عبد الله الخوارزمي',
  hebrew: 'דוד בן־גוריון',
  devanagari: 'श्रीकृष्ण चतुर्वेदी',
  tamil: 'கார்த்திகேயன் முருகன்',
  bengali: 'অনন্যা চট্টোপাধ্যায়',
  thai: 'สมชาย ใจดี',
  chinese: '欧阳修文',
  japanese: '山田さくら',
  korean: '김철수',
  vietnamese: 'Nguyễn Thị Ngọc Ánh',
  long: `${'Maria Magdalena Theresia Johanna Wilhelmina Alexandra Friederike von Hohenberg '.repeat(2)}`.slice(0, 120),
};
type Learner = keyof typeof names;
const learners = Object.keys(names) as Learner[];

interface Issued {
  id: string;
  learner: Learner;
  number: string;
  publicId: string;
  hash: string;
}

let path: Path;
let batchId: string;
let rows: Issued[];

/** A plain record, as any program writes it. */
const completion = (learnerId: string, name: string) => ({
  topic: 'course.completed',
  key: learnerId,
  headers: {},
  value: JSON.stringify({
    ...{ tenantId: 'demo', batchId, learnerId, completedAt: '2026-03-01T12:00:00Z', score: 80 },
    learner: { name },
  }),
});

beforeAll(async () => {
  const { brokers, postgresUrl } = inject('stack');
  path = await Path.prepare({ brokers, databases: await pathDatabases(postgresUrl) });
  await path.allReady();
  batchId = path.unique('paper');
  await seedPath(path, { batchId });
  const endpoint = await path.api.call({
    service: 'webhook-dispatcher',
    method: 'POST',
    path: '/v1/endpoints',
    caller: 'demo-admin',
    body: { url: path.receiver.url, types: ['certificate.issued'] },
  });
  path.receiver.trust(endpoint.json<{ secret: string }>().secret);
  await path.send([
    completion('broken', 'First\nSecond'),
    ...learners.map((learner) => completion(learner, names[learner])),
  ]);
  rows = await waitFor(
    `the certificates of ${batchId}${path.logs()}`,
    () =>
      path.query<Issued>(
        'certificate-generator',
        `SELECT id, recipient_learner_id AS learner, number, public_id AS "publicId", pdf_sha256 AS hash
         FROM certificate WHERE batch_id = $1 AND state = 'issued'`,
        [batchId],
      ),
    ({ length }) => length >= learners.length,
    { timeout: 90_000, interval: 100 },
  );
}, 300_000);
afterAll(async () => {
  // Undefined where the preparation failed, which is what the report should show.
  await (path as Path | undefined)?.stop();
});

function issuedTo(learner: Learner): Issued {
  const row = rows.find((one) => one.learner === learner);
  if (!row) throw new Error(`${learner} has no certificate`);
  return row;
}

async function download(row: Issued): Promise<Buffer> {
  const { bytes, headers } = await path.api.call({ service: 'certificate-registry', path: `/v/${row.publicId}.pdf` });
  expect(headers.get('content-type')).toBe('application/pdf');
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(row.hash);
  return bytes;
}

/** Shows the only page of a PDF to `look`. */
async function onPage<Seen>(pdf: Buffer, look: (page: PDFPageProxy) => Promise<Seen>): Promise<Seen> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  try {
    const document = await task.promise;
    expect(document.numPages).toBe(1);
    return await look(await document.getPage(1));
  } finally {
    await task.destroy();
  }
}

/** The text that a reader lets one select, line breaks between its runs. */
const textOf = async (page: PDFPageProxy) =>
  (await page.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('\n');

/** What the PDF says of glyphs that stand for several characters (ISO 32000-1, 14.9.4), which this reader passes over. */
function actualText(pdf: Buffer): string {
  const streams = [...pdf.toString('latin1').matchAll(/\/Filter \/FlateDecode\s*\/Length (\d+)>>\s*stream\n/g)];
  return streams
    .map((match) => {
      const from = match.index + match[0].length;
      return inflateSync(pdf.subarray(from, from + Number(match[1]))).toString('latin1');
    })
    .flatMap((stream) => [...stream.matchAll(/\/ActualText <(?:FEFF)?([0-9A-F]*)>/gi)])
    .map(([, hex = '']) => Buffer.from(hex, 'hex').swap16().toString('utf16le'))
    .join('');
}

async function qrOf(page: PDFPageProxy): Promise<string | undefined> {
  const viewport = page.getViewport({ scale: 2 });
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
  await page.render({ canvas: canvas as never, viewport }).promise;
  const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return decodeQr(new Uint8ClampedArray(data), width, height)?.data;
}

/** A reader places words and clusters with spaces of its own, and knows letters in forms of their own. */
const letters = (text: string) => text.normalize('NFKC').replace(/[\s\u200b-\u200f]+/g, '');
/** Their glyphs stand in another order than their characters. */
const isReordered = /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Tamil}|\p{Script=Bengali}/u;

const unescaped = (html: string) =>
  html.replace(
    /&(?:lt|gt|quot|#39|amp);/g,
    (entity) => ({ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' })[entity] ?? entity,
  );

describe('on paper', { timeout: 120_000 }, () => {
  test.each(learners)(
    'the name stands whole in the PDF and on the page that its QR code opens: %s',
    async (learner) => {
      const row = issuedTo(learner);
      const name = names[learner].trim();
      const pdf = await download(row);
      const { text, qr } = await onPage(pdf, async (page) => ({ text: await textOf(page), qr: await qrOf(page) }));
      if (isReordered.test(name)) {
        const found = new Set(letters(text + actualText(pdf)));
        expect([...new Set(letters(name))].filter((character) => !found.has(character))).toEqual([]);
      } else {
        expect(letters(text)).toContain(letters(name));
      }
      expect(text).toContain(row.number);

      const raw = pdf.toString('latin1');
      const fonts = raw.match(/\/FontName \/\S+/g) ?? [];
      expect(fonts.length).toBeGreaterThan(0);
      expect(raw.match(/\/FontFile2 /g)).toHaveLength(fonts.length);
      expect(raw).not.toContain('/Type3');

      const verify = `${path.url('certificate-registry')}/v/${row.publicId}`;
      expect(qr).toBe(verify);
      const answer = await fetch(qr ?? '', { headers: { accept: 'text/html' } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      const page = await answer.text();
      expect(unescaped(page)).toContain(name);
      expect(page).not.toContain('<b>Bold');
    },
  );

  test('whoever has its address has the picture too, with the credential inside; a name is a name there', async () => {
    const { publicId } = issuedTo('markup');
    const [png, svg, token] = await Promise.all(
      ['.png?width=800', '.svg', '.jwt'].map((kind) =>
        path.api.call({ service: 'certificate-registry', path: `/v/${publicId}${kind}` }),
      ),
    );
    expect([png?.bytes.toString('latin1', 1, 4), png?.bytes.readUInt32BE(16)]).toEqual(['PNG', 800]);
    expect(png?.bytes.toString('latin1')).toContain(`openbadgecredential\0\0\0\0\0${token?.bytes.toString()}`);
    const drawing = svg?.bytes.toString() ?? '';
    expect(drawing).toContain(`<openbadges:credential verify="${token?.bytes.toString()}"/>`);
    expect(drawing).toContain('>&lt;b&gt;Bold&lt;/b&gt; &amp; Brave<');
    expect(drawing).not.toContain('<b>');
    expect(svg?.headers.get('content-security-policy')).toMatch(/; sandbox$/);
  });

  test('a line break in a name is refused at the edge, and says where', async () => {
    const admin = await path.broker.admin();
    try {
      const letters = await waitFor(
        'the dead letter',
        () => admin.read('rule-evaluator.course.completed.dlq'),
        ({ length }) => length > 0,
      );
      expect(letters).toHaveLength(1);
      expect(String(letters[0]?.headers['laurel_reason'])).toMatch(/learner\.name.*without control characters/);
    } finally {
      await admin.close();
    }
    expect(rows.map(({ learner }) => learner).sort()).toEqual([...learners].sort());
  });

  test('a signed webhook tells of each certificate once', async () => {
    const told = await waitFor(
      `the webhooks${path.logs()}`,
      () => path.receiver.issuedIn(batchId),
      ({ length }) => length >= learners.length,
      { timeout: 60_000 },
    );
    expect(path.receiver.refused).toEqual([]);
    expect(told.map(({ data }) => [data.certificateId, data.hashes?.pdf]).sort()).toEqual(
      rows.map(({ id, hash }) => [id, hash]).sort(),
    );
  });
});

describe('in the hands of strangers', { timeout: 120_000 }, () => {
  const registry = (route: string) => path.api.call({ service: 'certificate-registry', path: route });
  const text = async (route: string) => (await registry(route)).bytes.toString();

  test('libraries of others accept every credential and the status list by what is served; a revocation is in the list within seconds', async () => {
    const [{ issuer, credentialStatus: entry }] = (await Promise.all(
      rows.map(async ({ publicId }) => JSON.parse(await text(`/v/${publicId}.json`)) as Told),
    )) as [Told, ...Told[]];
    // did:web:127.0.0.1%3A<port>:issuers:<id>
    const didDocument = JSON.parse(await text(`/${issuer.id.split(':').slice(3).join('/')}/did.json`)) as {
      assertionMethod: string[];
    };
    expect(didDocument.assertionMethod).toHaveLength(2);
    const list = new URL(entry.statusListCredential).pathname;
    const cases = await Promise.all([
      ...rows
        .map(({ publicId }) => `/v/${publicId}`)
        .map(async (at) => ({
          document: await text(`${at}.json`),
          token: await text(`${at}.jwt`),
        })),
      text(list).then(async (document) => ({ document, token: await text(`${list}.jwt`) })),
    ]);
    const known = [...new Set(cases.flatMap(({ document }) => (JSON.parse(document) as Told)['@context']))];
    const contexts = Object.fromEntries(
      await Promise.all(known.map(async (url) => [url, (await loadContext(url)).document] as const)),
    );
    const judged = await judgeCredentials(cases, { contexts, didDocuments: [didDocument] });
    expect(judged.map(({ proven, signed }) => [proven, signed])).toEqual(cases.map(() => [true, true]));

    const revoked = issuedTo('quotes');
    const told = JSON.parse(await text(`/v/${revoked.publicId}.json`)) as Told;
    const bit = async () => {
      const { encodedList } = (JSON.parse(await text(list)) as Told).credentialSubject;
      const index = Number(told.credentialStatus.statusListIndex);
      const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'));
      return ((bits[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
    };
    expect([told.credentialStatus.statusListCredential.endsWith(list), await bit()]).toEqual([true, 0]);
    await path.api.call({
      ...{ service: 'certificate-registry', method: 'POST', path: `/v1/certificates/${revoked.id}/revoke` },
      ...{ caller: 'demo-issuer', body: { reason: 'Issued in error' } },
    });
    const [committed, limitOf] = [performance.now(), watchMachine()];
    expect(await text(`/v1/verify/${revoked.publicId}`)).toContain('"verdict":"revoked"');
    await waitFor('the bit in the signed list', bit, (set) => set === 1, { interval: 100 });
    expect((performance.now() - committed) / 1_000).toBeLessThan(limitOf(5));
  });
});

/** What a credential or a status list says, as far as it is looked at here. */
interface Told {
  readonly '@context': string[];
  readonly issuer: { readonly id: string };
  readonly credentialStatus: { readonly statusListCredential: string; readonly statusListIndex: string };
  readonly credentialSubject: { readonly encodedList: string };
}
