import { z } from 'zod';
import { providerMetadata } from '../auth/provider-metadata.ts';

/** How a service proves itself to the provider. */
export interface ClientCredentials {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const answer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const timeout = 5_000;
const margin = 60_000;

/**
 * The access token of a service (client credentials, RFC 6749, section 4.4), kept until a minute before its end; of a token
 * that holds for less than two minutes, half of its time. Many that ask at once wait for one request.
 */
export class ServiceToken {
  private kept: { readonly token: string; readonly until: number } | undefined;
  private asking: Promise<string> | undefined;
  private endpoint: string | undefined;

  constructor(private readonly credentials: ClientCredentials) {}

  /** A token that holds. Throws when the provider gives none; the next call asks again. */
  async get(): Promise<string> {
    if (this.kept && performance.now() < this.kept.until) return this.kept.token;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** A service has refused this token: the next call gets another, unless somebody got one in the meantime. */
  refused(token: string): void {
    if (this.kept?.token === token) this.kept = undefined;
  }

  private async ask(): Promise<string> {
    const { issuer, clientId, clientSecret } = this.credentials;
    this.endpoint ??= (await providerMetadata(issuer)).token_endpoint;
    if (this.endpoint === undefined) throw new Error(`The provider ${issuer} names no token endpoint.`);
    // Section 2.3.1: both are encoded before they become a user and a password.
    const secret = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString(
      'base64',
    );
    const asked = performance.now();
    const response = await fetch(this.endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${secret}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    if (!response.ok) {
      await response.body?.cancel();
      this.endpoint = undefined;
      throw new Error(
        `The provider answers ${response.status} to the client ${clientId}: look at OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.`,
      );
    }
    const { access_token: token, expires_in: seconds } = answer.parse(await response.json());
    const lifetime = seconds * 1000;
    this.kept = { token, until: asked + Math.max(lifetime - margin, lifetime / 2) };
    return token;
  }
}
