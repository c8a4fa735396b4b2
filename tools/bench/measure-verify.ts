import { Agent, request } from 'node:http';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import { didWebOf, loadContext } from '@laurel/credentials';
import { type Servers, waitFor } from '@laurel/testing';
import type { BenchRow } from './bench-row.ts';
import { GeneratorLoad } from './generator-load.ts';
import { GeneratorScene } from './generator-scene.ts';

const app = 'certificate-generator';
/** Certificates that are asked for in turn, callers at once, and how long each is measured. */
const [certificates, callers, seconds] = [200, 32, 8];

interface Issued {
  readonly public_id: string;
  readonly credential: string;
}

/** How many certificates two processes of the registry verify on two cores: by their ids, and as tokens that somebody presents. */
export async function measureVerify(servers: Servers): Promise<BenchRow[]> {
  const scene = await GeneratorScene.open(servers, true);
  try {
    const registryUrl = scene.path.url('certificate-registry');
    const rows = await issue(scene, registryUrl);
    const registries = [await scene.path.ready('certificate-registry'), await scene.path.ready('certificate-registry')];
    let turn = 0;
    const next = () => registries[turn++ % registries.length]?.url ?? registryUrl;
    const agent = new Agent({ keepAlive: true, maxSockets: callers });
    const byId = ({ public_id }: Issued) => call(agent, `${next()}/v1/verify/${public_id}`);
    const byToken = ({ credential }: Issued) => call(agent, `${next()}/v1/verify`, JSON.stringify({ credential }));
    await rate(byId, rows, 2);
    const ids = await rate(byId, rows, seconds);
    await rate(byToken, rows, 2);
    const tokens = await rate(byToken, rows, seconds);
    agent.destroy();
    const naive = await byLibrary(rows, await documentsOf(registryUrl, scene));

    const comparedTo = 'the library alone';
    return [
      { name: 'verify-by-id', value: ids, unit: 'requests/s', least: 1_000, ratio: ids / naive, comparedTo },
      { name: 'verify-jwt', value: tokens, unit: 'requests/s', least: 500, ratio: tokens / naive, comparedTo },
      { name: 'verify-library', value: naive, unit: 'proofs/s' },
    ];
  } finally {
    await scene.stop();
  }
}

/** Real certificates, by a generator that is gone when it is measured. */
async function issue(scene: GeneratorScene, registryUrl: string): Promise<Issued[]> {
  const load = new GeneratorLoad('verify', 1, 1);
  await scene.furnish(load);
  for (const { issuerId } of load.templates) {
    await scene.path.query(app, 'UPDATE issuer SET did = $2 WHERE id = $1', [
      issuerId,
      didWebOf(registryUrl, issuerId),
    ]);
  }
  const generator = await scene.path.ready(app);
  const requests = load.requests(certificates, 'certificate.requested');
  await scene.send(requests);
  await scene.arrived(requests, 120);
  const lists = () =>
    scene.path.query(
      app,
      'SELECT FROM status_list l LEFT JOIN signed_status_list s ON s.list = l.id WHERE s.list IS NULL',
    );
  await waitFor('every status list to be signed', lists, ({ length }) => length === 0).catch((cause: unknown) => {
    throw new Error(`${String(cause)}${scene.path.logs()}`, { cause });
  });
  await generator.process.stop();
  return scene.path.query<Issued>(app, "SELECT public_id, credential FROM certificate WHERE state = 'issued'");
}

/** Calls per second of so many callers, each of which calls again as soon as it is answered. */
async function rate(one: (row: Issued) => Promise<void>, rows: readonly Issued[], time: number): Promise<number> {
  const begun = performance.now();
  const end = begun + time * 1_000;
  let [next, done] = [0, 0];
  const caller = async () => {
    while (performance.now() < end) {
      const row = rows[next++ % rows.length];
      if (!row) throw new Error('Nothing was issued');
      await one(row);
      done++;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (done * 1_000) / (performance.now() - begun);
}

function call(agent: Agent, url: string, body?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const asked = request(url, { agent, method: body === undefined ? 'GET' : 'POST', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('error', reject).on('end', () => {
        if (text.includes('"verdict":"valid"')) resolve();
        else reject(new Error(`${answer.statusCode} ${text.slice(0, 500)}`));
      });
    });
    asked.on('error', reject).end(body);
  });
}

/** The DID document as a verifier's library wants it, with each key as a document of its own. */
async function documentsOf(registryUrl: string, scene: GeneratorScene): Promise<Map<string, object>> {
  const [{ id = '' } = {}] = await scene.path.query<{ id: string }>(app, 'SELECT id FROM issuer');
  const answer = await fetch(`${registryUrl}/issuers/${id}/did.json`);
  const did = (await answer.json()) as { id: string; verificationMethod: { id: string; type: string }[] };
  const context = 'https://w3id.org/security/multikey/v1';
  return new Map<string, object>([
    [did.id, did],
    ...did.verificationMethod.map((method): [string, object] => [method.id, { '@context': context, ...method }]),
  ]);
}

/** Proofs per second that the library verifies, the embedded ones. */
async function byLibrary(rows: readonly Issued[], documents: ReadonlyMap<string, object>): Promise<number> {
  const documentLoader = async (url: string) => {
    const document = documents.get(url);
    return document ? { documentUrl: url, document } : loadContext(url);
  };
  const some = rows.slice(0, 40).map(({ credential }) => {
    const payload = JSON.parse(Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString()) as object;
    const claims = new Set(['iss', 'jti', 'sub', 'nbf', 'exp']);
    return Object.fromEntries(Object.entries(payload).filter(([name]) => !claims.has(name)));
  });
  const begun = performance.now();
  for (const credential of some) {
    const suite = new DataIntegrityProof({ cryptosuite });
    const { verified, error } = await verifyCredential({
      credential,
      suite,
      documentLoader,
      now: new Date(),
      checkStatus: async () => ({ verified: true }),
    });
    if (!verified) throw new Error('The library refuses a proof of ours', { cause: error });
  }
  return (some.length * 1_000) / (performance.now() - begun);
}
