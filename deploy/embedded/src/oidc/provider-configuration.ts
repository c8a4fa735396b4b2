import { errors, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { demoPeople } from './demo-people.ts';
import type { keyStore } from './key-store.ts';

// A resource indicator has to be a URI (RFC 8707); what services check is the audience.
const resources = { laurel: 'urn:laurel:api', 'laurel-internal': 'urn:laurel:internal' };
const HOUR = 3600;

/** How `oidc-provider` is set up: the clients of the key store, the people of the demo, JWT access tokens (RFC 9068, RS256). */
export function providerConfiguration({
  signingKeys,
  cookieKeys,
  clients,
}: ReturnType<typeof keyStore>): Configuration {
  const audienceOf = (clientId: string) => clients.find((client) => client.id === clientId)?.audience ?? 'laurel';
  return {
    clients: [
      {
        client_id: 'laurel-demo',
        client_name: 'Laurel demo',
        // "native": any port of this machine may be the address to come back to (RFC 8252).
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
      },
      ...clients.map(({ id, secret }) => ({
        client_id: id,
        client_secret: secret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      })),
    ],
    jwks: { keys: signingKeys },
    cookies: { keys: cookieKeys },
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], laurel: ['tenant', 'roles'] },
    scopes: ['openid', 'profile', 'email', 'laurel'],
    ttl: {
      AccessToken: HOUR,
      ClientCredentials: HOUR,
      IdToken: HOUR,
      Session: 12 * HOUR,
      Grant: 12 * HOUR,
      Interaction: HOUR,
    },
    interactions: { url: (_context, interaction) => `/login/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (context) => resources[audienceOf(context.oidc.client?.clientId ?? '')],
        // Without this, a token for somebody who also asked for `openid` would be an opaque one for the userinfo endpoint.
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource, client) => {
          const audience = audienceOf(client.clientId);
          if (resource !== resources[audience])
            throw new errors.InvalidTarget(`this client gets tokens for ${resources[audience]} only`);
          return {
            scope: '',
            audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: HOUR,
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
    extraTokenClaims: (_context, token) => {
      if (token.kind === 'ClientCredentials') {
        const client = clients.find(({ id }) => id === token.clientId);
        return { ...(client?.tenant === undefined ? {} : { tenant: client.tenant }), roles: client?.roles ?? [] };
      }
      const person = demoPeople.find(({ id }) => id === (token as { accountId?: string }).accountId);
      return person === undefined ? undefined : { tenant: person.tenant, roles: [person.role] };
    },
    findAccount: (_context, id) => {
      const person = demoPeople.find((candidate) => candidate.id === id);
      if (person === undefined) return undefined;
      const { name, email, tenant, role } = person;
      return { accountId: id, claims: () => ({ sub: id, name, email, tenant, roles: [role] }) };
    },
    loadExistingGrant: grantAll,
  };
}

// The only client that people log in to is our own: there is nothing to consent to.
async function grantAll(context: KoaContextWithOIDC) {
  const { client, session, provider } = context.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile email laurel');
  grant.addResourceScope(resources.laurel, '');
  await grant.save();
  return grant;
}
