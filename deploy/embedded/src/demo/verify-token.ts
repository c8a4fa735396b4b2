import type { DemoApi } from './demo-api.ts';

/** What the verify API says of a credential. */
export interface Verdict {
  readonly verdict: string;
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
}

/** Shows a credential to the verify API, as anyone may. */
export async function verifyToken(api: DemoApi, credential: string): Promise<Verdict> {
  const service = 'certificate-registry';
  return (await api.call({ service, method: 'POST', path: '/v1/verify', body: { credential } })).json<Verdict>();
}
