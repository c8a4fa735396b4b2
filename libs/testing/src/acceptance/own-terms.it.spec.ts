import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadContext } from '@laurel/credentials';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { judgeCredentials } from '../credential-judge/judge-credentials.ts';
import { Path } from '../scenarios/path.ts';
import { pathDatabases } from '../scenarios/path-databases.ts';
import { seedPath } from '../scenarios/seed-path.ts';
import '../stack/test-stack.ts';
import { waitFor } from '../waiting/wait-for.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const typeId = 'named course';
let path: Path;

beforeAll(async () => {
  const { brokers, postgresUrl } = inject('stack');
  path = await Path.prepare({ brokers, databases: await pathDatabases(postgresUrl) });
  await path.allReady();
}, 300_000);
afterAll(async () => {
  // Undefined where the preparation failed, which is what the report should show.
  await (path as Path | undefined)?.stop();
});

const text = async (route: string) =>
  (await path.api.call({ service: 'certificate-registry', path: route })).bytes.toString();

/** From the type to the certificate, by the public interfaces. @returns its public id */
async function issued(): Promise<string> {
  const batchId = path.unique('terms');
  const { issuerId } = await seedPath(path, { batchId, award: null });
  const type = { service: 'asset-store', method: 'POST', caller: 'demo-creator' } as const;
  await path.api.call({
    ...{ ...type, path: '/v1/credential-types' },
    body: {
      ...{ id: typeId, name: 'A course by name', occasion: ['batchId', 'awardId', 'learnerId'] },
      input: { courseTitle: { type: 'string', required: true }, score: { type: 'number', required: false } },
      ...{ claims: ['courseTitle', 'score'], terms: ['courseTitle', 'score'] },
    },
  });
  await path.api.call({ ...type, path: `/v1/credential-types/${encodeURIComponent(typeId)}/versions/1/publish` });
  await path.api.call({
    ...{ service: 'lms', method: 'POST', path: `/v1/batches/${batchId}/awards`, caller: 'demo-creator' },
    body: {
      ...{ id: 'a-1', name: 'Certificate', credentialType: { id: typeId }, template: { id: 'classic' }, issuerId },
      criteria: { enrolment: { status: 'completed' } },
    },
  });
  const completion = { tenantId: 'demo', batchId, learnerId: 'L-1', completedAt: '2026-03-01T12:00:00Z', score: 87.5 };
  const value = JSON.stringify({ ...completion, learner: { name: 'Asha Verma' } });
  await path.send([{ topic: 'course.completed', key: 'L-1', headers: {}, value }]);
  const [row] = await waitFor(
    `the certificate of ${batchId}${path.logs()}`,
    () =>
      path.query<{ id: string }>(
        'certificate-generator',
        `SELECT public_id AS id FROM certificate WHERE batch_id = $1 AND state = 'issued'`,
        [batchId],
      ),
    ({ length }) => length > 0,
    { timeout: 90_000, interval: 100 },
  );
  return row!.id;
}

test('a certificate with terms of its type’s own is valid here, and accepted by strangers who read their context where it is', async () => {
  const id = await issued();
  const [document, token] = [await text(`/v/${id}.json`), await text(`/v/${id}.jwt`)];
  const credential = JSON.parse(document) as {
    '@context': [string, ...string[]];
    issuer: { id: string };
    credentialSubject: object;
  };
  expect(credential.credentialSubject).toMatchObject({ courseTitle: 'Reading the Night Sky', score: '87.5' });
  const address = credential['@context'].at(-1)!;
  expect(address).toBe(`${path.url('certificate-registry')}/contexts/demo/named%20course/1`);

  for (const presented of [token, JSON.parse(document) as object]) {
    const verdict = await path.api.call({
      ...{ service: 'certificate-registry', method: 'POST', path: '/v1/verify', body: { credential: presented } },
    });
    expect(verdict.json<{ verdict: string }>().verdict).toBe('valid');
  }

  // As any program would.
  const served = await (await fetch(address)).text();
  const contexts: Record<string, object> = { [address]: JSON.parse(served) as object };
  for (const url of credential['@context'].slice(0, -1)) contexts[url] = (await loadContext(url)).document;
  const did = await text(`/${credential.issuer.id.split(':').slice(3).join('/')}/did.json`);
  const changed = document.replace('"score": "87.5"', '"score": "97.5"');
  expect(changed).not.toBe(document);
  const judged = await judgeCredentials([{ document, token }, { document: changed }], {
    contexts,
    didDocuments: [JSON.parse(did) as object],
  });
  expect(judged).toMatchObject([{ proven: true, signed: true }, { proven: false }]);
  expect(await byTheGuide(document, did, { [address]: served })).toBe('Asha Verma: Reading the Night Sky');
  expect(await byTheGuide(changed, did, { [address]: served })).toBe('refused');
  expect(await byTheGuide(document, did, {})).toBe('refused');
}, 240_000);

/** What the program of our guide prints that checks proofs, by @digitalbazaar/vc, if it has these contexts beside its own. */
async function byTheGuide(document: string, did: string, more: Record<string, string>): Promise<string> {
  const guide = readFileSync(join(root, 'docs/credentials.md'), 'utf8');
  const [, , program = ''] = /^### Node, the proof [^]*?(^```js\n([^]*?)^```$)/m.exec(guide) ?? [];
  const known = Object.entries(more).map(([url, body]) => `known.set(${JSON.stringify(url)}, ${body});\n`);
  const folder = mkdtempSync(join(tmpdir(), 'laurel-guide-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    const files = { 'credential.json': document, 'did.json': did };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const extended = program.replace('const documentLoader', () => `${known.join('')}const documentLoader`);
    writeFileSync(join(folder, 'verify-proof.mjs'), extended);
    return await promisify(execFile)(process.execPath, ['verify-proof.mjs'], { cwd: folder }).then(
      ({ stdout }) => stdout.trim(),
      () => 'refused',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
