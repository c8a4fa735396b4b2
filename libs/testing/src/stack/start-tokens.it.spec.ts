import { expect, it } from 'vitest';
import { startTokens } from './start-tokens.ts';

const claimsOf = ({ authorization }: { authorization: string }) =>
  JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

it('gives the headers of people of two tenants and of services, each asked for once', async () => {
  const tokens = await startTokens();
  try {
    const { OIDC_ISSUER: iss, OIDC_CLIENT_ID: client } = tokens.settings;
    const creator = await tokens.of('demo', 'creator');
    expect(claimsOf(creator)).toMatchObject({ iss, aud: 'laurel', tenant: 'demo', roles: ['creator'] });
    expect(await tokens.of('demo', 'creator')).toBe(creator);
    expect(claimsOf(await tokens.of('demo-two', 'issuer'))).toMatchObject({ tenant: 'demo-two', roles: ['issuer'] });
    expect(claimsOf(await tokens.ofService())).toMatchObject({ iss, aud: 'laurel-internal', sub: client });
    await expect(tokens.of('demo', 'creater')).rejects.toThrow('There is no client demo-creater');
  } finally {
    await tokens.stop();
  }
});
