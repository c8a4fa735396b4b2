import { z } from 'zod';

const url = z.url({ protocol: /^https?$/ });
const metadata = z.object({ issuer: z.string(), jwks_uri: url, token_endpoint: url.optional() });
const timeout = 5_000;

/** Where an OpenID provider keeps what services need of it. */
export type ProviderMetadata = z.output<typeof metadata>;

/**
 * Reads the metadata of an OpenID provider (OpenID Connect Discovery 1.0, section 4) within five seconds. Throws when they
 * cannot be had, are another issuer's (section 4.3), or lead from https to http.
 */
export async function providerMetadata(issuer: string): Promise<ProviderMetadata> {
  // Section 4.1: a terminating slash goes before the well-known path is appended.
  const place = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(place, { redirect: 'error', signal: AbortSignal.timeout(timeout) });
  if (!response.ok) throw new Error(`OIDC_ISSUER: ${place} answers ${response.status}.`);
  const found = metadata.parse(await response.json());
  if (found.issuer !== issuer)
    throw new Error(`OIDC_ISSUER is ${issuer}, but the provider calls itself ${found.issuer}.`);
  const isPlain = (each: string | undefined) => each !== undefined && !each.startsWith('https:');
  if (issuer.startsWith('https:') && isPlain(found.jwks_uri)) {
    throw new Error(`The provider ${issuer} is https, but its keys are not (${found.jwks_uri}).`);
  }
  if (issuer.startsWith('https:') && isPlain(found.token_endpoint)) {
    throw new Error(`The provider ${issuer} is https, but its token endpoint is not (${found.token_endpoint}).`);
  }
  return found;
}
