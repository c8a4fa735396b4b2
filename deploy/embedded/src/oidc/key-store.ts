import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileSafely } from '../processes/write-file-safely.ts';
import { demoTenants } from './demo-tenants.ts';
import { machineClient } from './machine-client.ts';
import { roles } from './roles.ts';

const secret = () => randomBytes(24).toString('base64url');

const kept = z.object({
  signingKeys: z.array(z.record(z.string(), z.string())),
  cookieKeys: z.array(z.string()),
  clients: z.array(machineClient),
});

/**
 * What the OIDC server must not forget between starts: its signing keys (JWK), its cookie keys, and the clients with their
 * secrets. Made at the first call, kept in `<folder>/oidc.json` (0600).
 */
export function keyStore(folder: string): z.infer<typeof kept> {
  const file = join(folder, 'oidc.json');
  if (existsSync(file)) return kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' }) as Record<string, string>;
  const made: z.infer<typeof kept> = {
    signingKeys: [{ ...jwk, kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' }],
    cookieKeys: [secret()],
    clients: [
      ...demoTenants.flatMap((tenant) =>
        roles.map((role) => ({
          id: `${tenant}-${role}`,
          secret: secret(),
          audience: 'laurel' as const,
          tenant,
          roles: [role],
        })),
      ),
      { id: 'laurel-services', secret: secret(), audience: 'laurel-internal', roles: [] },
    ],
  };
  writeFileSafely(file, `${JSON.stringify(made, undefined, 2)}\n`);
  return made;
}
