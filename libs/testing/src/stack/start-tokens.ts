import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startOidc } from '@laurel/embedded';

/** An OIDC server of a test's own, and tokens of it. */
export interface Tokens {
  /** What a service under test is given so that it takes these tokens and may ask for its own: its settings. */
  readonly settings: {
    readonly OIDC_ISSUER: string;
    readonly OIDC_CLIENT_ID: string;
    readonly OIDC_CLIENT_SECRET: string;
  };
  /**
   * The header of a caller: `of('demo', 'creator')`, with the tenants `demo` and `demo-two` and every role. It holds for an
   * hour, and each is asked for once. Throws for a tenant or role that there is not.
   */
  of(tenant: string, role: string): Promise<{ readonly authorization: string }>;
  /** The header of a Laurel service, for `@Internal()` routes. */
  ofService(): Promise<{ readonly authorization: string }>;
  stop(): Promise<void>;
}

/** Starts the OIDC server of the embedded stack (about half a second) in a folder that `stop` removes. */
export async function startTokens(): Promise<Tokens> {
  const folder = await mkdtemp(join(tmpdir(), 'laurel-tokens-'));
  const oidc = await startOidc({ folder, port: await freePort() });
  const services = oidc.clients.find(({ audience }) => audience === 'laurel-internal')!;
  const headers = new Map<string, Promise<{ readonly authorization: string }>>();
  const headerOf = (client: string) => {
    const header = headers.get(client) ?? oidc.token(client).then((token) => ({ authorization: `Bearer ${token}` }));
    headers.set(client, header);
    return header;
  };
  return {
    settings: { OIDC_ISSUER: oidc.issuer, OIDC_CLIENT_ID: services.id, OIDC_CLIENT_SECRET: services.secret },
    of: (tenant, role) => headerOf(`${tenant}-${role}`),
    ofService: () => headerOf(services.id),
    async stop() {
      await oidc.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
