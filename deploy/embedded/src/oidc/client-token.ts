import { z } from 'zod';

const discovery = z.object({ token_endpoint: z.url() });
const answer = z.object({ access_token: z.string(), expires_in: z.number() });

/** An access token by client credentials from any OIDC issuer, and for how many seconds it holds. Throws an Error that says what the issuer answered. */
export async function clientToken(
  issuer: string,
  id: string,
  secret: string,
): Promise<{ token: string; seconds: number }> {
  const base = issuer.endsWith('/') ? issuer.slice(0, -1) : issuer;
  const found = await fetch(`${base}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5_000) });
  if (!found.ok) throw new Error(`${base} answers ${found.status} to OIDC discovery.`);
  const { token_endpoint } = discovery.parse(await found.json());
  const response = await fetch(token_endpoint, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok)
    throw new Error(`${token_endpoint} answers ${response.status} to client ${id}: ${await response.text()}`);
  const { access_token, expires_in } = answer.parse(await response.json());
  return { token: access_token, seconds: expires_in };
}
