import type { DemoApi } from './demo-api.ts';
import type { DemoCertificate } from './demo-counts.ts';
import { demoTenant } from './demo-tenant.ts';
import { type Verdict, verifyToken } from './verify-token.ts';

const registry = 'certificate-registry';

/**
 * Shows the registry an altered credential and a revoked certificate.
 * @returns a sentence for each that was not refused for the right reason
 */
export async function refusals(api: DemoApi, certificates: readonly DemoCertificate[]): Promise<string[]> {
  const [altered, revoked] = certificates;
  if (altered === undefined || revoked === undefined) return ['there are no two certificates to try it with'];
  const problems: string[] = [];

  const token = (await api.call({ service: registry, path: new URL(altered.links.credential).pathname })).bytes;
  const [header = '', payload = '', signature = ''] = token.toString('utf8').split('.');
  const claims = Buffer.from(payload, 'base64url').toString('utf8');
  const forged = Buffer.from(claims.replaceAll('Reading the Night Sky', 'Steering by the Stars')).toString('base64url');
  if (forged === payload) problems.push('the credential does not name its course, so nothing was altered');
  const verdict = await verifyToken(api, `${header}.${forged}.${signature}`);
  if (verdict.verdict !== 'tampered') problems.push(`an altered credential is ${verdict.verdict} instead of tampered`);

  await api.call({
    service: registry,
    method: 'POST',
    path: `/v1/certificates/${revoked.id}/revoke`,
    caller: `${demoTenant}-issuer`,
    body: { reason: 'Shown by the demo: a certificate that was issued in error' },
  });
  const after = [
    (await api.call({ service: registry, path: `/v1/verify/${revoked.publicId}` })).json<Verdict>(),
    await verifyToken(
      api,
      (await api.call({ service: registry, path: new URL(revoked.links.credential).pathname })).bytes.toString('utf8'),
    ),
  ];
  for (const { verdict: said } of after) {
    if (said !== 'revoked') problems.push(`a revoked certificate is ${said} instead of revoked`);
  }
  const strangers = await api.ask({
    service: registry,
    path: `/v1/certificates/${altered.id}`,
    caller: 'demo-two-viewer',
  });
  if (strangers.status !== 404) problems.push(`another tenant asks for a certificate and gets ${strangers.status}`);
  return problems;
}
