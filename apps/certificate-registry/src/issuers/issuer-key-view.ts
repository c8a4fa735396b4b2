import { z } from 'zod';

const instant = z.iso.datetime();

/** A key of an issuer as this API shows it; its private half is out of this service's reach. */
export const issuerKeyView = z
  .object({
    kid: z.string().meta({ description: 'Its full DID URL, as signatures name it' }),
    name: z.string().meta({ description: 'What stands behind the # of it' }),
    purpose: z.enum(['jwt', 'integrity']).meta({ description: 'Signs tokens, or proves documents (Data Integrity)' }),
    algorithm: z.enum(['ES256', 'RS256', 'Ed25519']),
    state: z
      .enum(['next', 'in-use', 'retired', 'compromised'])
      .meta({ description: '`next` is published and does not sign yet; `retired` signs no longer and still verifies' }),
    createdAt: instant,
    activeFrom: instant,
    retiredAt: instant.optional(),
    compromised: z
      .object({ from: instant, reason: z.string(), actor: z.string() })
      .optional()
      .meta({ description: 'Whatever it signed from then on counts for nothing' }),
  })
  .meta({ id: 'IssuerKey' });

/** A key of an issuer as this API shows it. */
export type IssuerKeyView = z.output<typeof issuerKeyView>;
