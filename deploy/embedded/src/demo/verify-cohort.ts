import { createHash } from 'node:crypto';
import type { DemoApi } from './demo-api.ts';
import type { DemoCertificate } from './demo-counts.ts';
import type { DemoReceiver } from './demo-receiver.ts';
import { type Verdict, verifyToken } from './verify-token.ts';

const registry = 'certificate-registry';

/**
 * Verifies each certificate as a stranger would: by its id, by its credential, and its PDF against the hash that the webhook
 * told. @returns how many are right, and a sentence for each that is not
 */
export async function verifyCohort(
  api: DemoApi,
  certificates: readonly DemoCertificate[],
  receiver: DemoReceiver,
  batchId: string,
): Promise<{ verified: number; problems: string[] }> {
  const told = new Map(receiver.issuedIn(batchId).map(({ data }) => [data.certificateId, data.hashes]));
  const problems: string[] = [];
  let verified = 0;
  for (const certificate of certificates) {
    const problem = await fault(api, certificate, told.get(certificate.id));
    if (problem === undefined) verified += 1;
    else problems.push(`${certificate.number}: ${problem}`);
  }
  return { verified, problems };
}

async function fault(
  api: DemoApi,
  { publicId, links }: DemoCertificate,
  hashes: { pdf: string; credential: string } | undefined,
): Promise<string | undefined> {
  const byId = (await api.call({ service: registry, path: `/v1/verify/${publicId}` })).json<Verdict>();
  if (byId.verdict !== 'valid') return `by its id it is ${byId.verdict}`;
  const token = (await api.call({ service: registry, path: new URL(links.credential).pathname })).bytes;
  const byCredential = await verifyToken(api, token.toString('utf8'));
  if (byCredential.verdict !== 'valid') return `its credential is ${byCredential.verdict}`;
  const pdf = (await api.call({ service: registry, path: new URL(links.pdf).pathname })).bytes;
  if (hashes === undefined) return 'no webhook told its hashes';
  if (sha256(pdf) !== hashes.pdf) return 'its PDF has another hash than the webhook told';
  if (sha256(token) !== hashes.credential) return 'its credential has another hash than the webhook told';
  const page = await api.call({ service: registry, path: new URL(links.verify).pathname });
  if (!page.headers.get('content-type')?.startsWith('text/html')) return 'its verify page is no page';
  return undefined;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
